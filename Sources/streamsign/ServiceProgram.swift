internal import StreamSigningCommandLine
internal import StreamSigningPlatform

/// The program beside this one. It has the whole command line and carries out the commands that take a store, so it only
/// has to be given the arguments.
///
/// It takes this one's place in the process: signals, standard streams and the exit status are its own.
enum ServiceProgram {
    private static let name = "streamsign-service"

    /// Does not return if the arguments are for that program.
    /// - Parameter words: the arguments, this program's own name included.
    static func takeOver(_ words: [String]) throws(CommandFailure) {
        if let command = command(in: words) {
            throw execute(for: command)
        } else if describesAllCommands(words), let path {
            // Without the other program, this one's own commands are all that there are.
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
        guard code == ENOENT || code == ENOTDIR else { return .unusable(path, SystemError.text(code)) }
        return .unusable(
            command.rawValue, "needs \(path), which is not there: install \(name) into the folder of this program")
    }

    /// - Returns: the `errno` of what failed.
    private static func execute(_ path: String) -> Int32 {
        execv(path, CommandLine.unsafeArgv)
        return errno
    }

    /// The first word that is no option names the command; so it does after `help`, and where a shell asks for
    /// completions.
    private static func command(in words: [String]) -> ServiceCommand? {
        words.dropFirst().first { $0 != "help" && !$0.hasPrefix("-") }.flatMap { ServiceCommand(rawValue: $0) }
    }

    private static func describesAllCommands(_ words: [String]) -> Bool {
        words.dropFirst().prefix { $0 != "--" }.contains { word in
            word == "--experimental-dump-help" || word.prefix { $0 != "=" } == "--generate-completion-script"
        }
    }

    /// Beside this program, links to it followed; never on a search path, where anybody may have put one.
    private static var path: String? {
        guard let own = ExecutablePath.current, let slash = own.lastIndex(of: "/") else { return nil }
        return own[...slash] + name
    }
}
