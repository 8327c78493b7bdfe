internal import StreamSigningPlatform

/// The signals that ask a running service for something, and end any other program.
enum ReloadSignals {
    /// Ignores them until the service has handlers for them, also in a program that replaces this one: a supervisor or a log rotation
    /// may send them as soon as there is a process.
    /// - Parameter words: the arguments, the program's own name included.
    static func ignore(ifServing words: [String]) {
        guard words.dropFirst().first(where: { !$0.hasPrefix("-") }) == ServiceCommand.serve.rawValue else { return }
        for number in [SIGHUP, SIGUSR1, SIGUSR2] { signal(number, SIG_IGN) }
    }
}
