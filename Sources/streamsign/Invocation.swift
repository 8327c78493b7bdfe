internal import ArgumentParser

/// Which subcommand the arguments name, for texts that ArgumentParser does not let one change.
struct Invocation {
    private let command: any ParsableCommand.Type
    private let path: [String]

    /// - Parameter words: the arguments, the program's own name included.
    init(_ words: [String]) {
        var command: any ParsableCommand.Type = Streamsign.self
        var path = [Streamsign.name]
        for word in words.dropFirst() where word != "help" {
            guard let next = command.configuration.subcommands.first(where: { $0.name == word }) else { break }
            command = next
            path.append(word)
        }
        self.command = command
        self.path = path
    }

    /// Help with the command's examples at its end; any other text as it is.
    func illustrated(_ text: String) -> String {
        guard text.hasPrefix("OVERVIEW: "), let illustrated = command as? any IllustratedCommand.Type else {
            return text
        }
        let lines = illustrated.examples.split(separator: "\n").map { "  \($0)\n" }
        return text + (text.hasSuffix("\n") ? "" : "\n") + "\nEXAMPLES:\n" + lines.joined()
    }

    /// ArgumentParser's message as one line, with where to read more.
    func complaint(_ message: String) -> String {
        let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        let text = line.prefix(1).lowercased() + line.dropFirst()
        return "\(text.hasSuffix(".") ? String(text.dropLast()) : text); see '\(path.joined(separator: " ")) --help'"
    }
}

extension ParsableCommand {
    fileprivate static var name: String {
        configuration.commandName ?? ""
    }
}
