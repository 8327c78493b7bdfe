internal import StreamSigningCommandLine
internal import StreamSigningPlatform

/// The second program, in the same folder as this one. It has the whole command line and runs the commands that need a store,
/// so it gets the arguments unchanged.
///
/// It replaces this program in the process, so signals, standard streams and the exit status need no forwarding.
enum ServiceProgram {
    private static let name = "streamsign-service"

    /// Does not return if the arguments are for that program.
    /// - Parameter words: the arguments, this program's own name included.
    static func takeOver(_ words: [String]) throws(CommandFailure) {
        if let command = command(in: words) {
            throw execute(for: command)
        } else if describesAllCommands(words), let path {
            // Without the other program, only this one's own commands are described.
            _ = execute(path)
        }
    }

    /// Does not return, unless it fails.
    static func execute(for command: ServiceCommand) -> CommandFailure {
        guard let path else {
            return .unusable(
                command.rawValue,
                "needs \(name), which is looked for beside this program, and where that is is unknown")
        }
        let code = execute(path)
        guard code != ELOOP else {
            return .unusable(path, "is this program under another name: install \(name) there")
        }
        guard code == ENOENT || code == ENOTDIR else { return .unusable(path, SystemError.text(code)) }
        return .unusable(
            command.rawValue, "needs \(path), which is not there: install \(name) into the folder of this program")
    }

    /// - Returns: the `errno` of what failed.
    private static func execute(_ path: String) -> Int32 {
        // A copy of this program under that name, or a link to it, would start itself for ever.
        guard ExecutablePath.resolved(path) != ExecutablePath.current else { return ELOOP }
        execv(path, CommandLine.unsafeArgv)
        return errno
    }

    /// The first word that is not an option names the command, also after `help` and when a shell asks for completions.
    private static func command(in words: [String]) -> ServiceCommand? {
        words.dropFirst().first { $0 != "help" && !$0.hasPrefix("-") }.flatMap { ServiceCommand(rawValue: $0) }
    }

    private static func describesAllCommands(_ words: [String]) -> Bool {
        words.dropFirst().prefix { $0 != "--" }.contains { word in
            word == "--experimental-dump-help" || word.prefix { $0 != "=" } == "--generate-completion-script"
        }
    }

    /// In the folder of this program, after following links to it. Never on a search path, where anyone may have put one.
    private static var path: String? {
        guard let own = ExecutablePath.current, let slash = own.lastIndex(of: "/") else { return nil }
        return own[...slash] + name
    }
}
