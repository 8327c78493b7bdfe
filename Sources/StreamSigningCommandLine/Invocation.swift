internal import ArgumentParser

/// Which subcommand the arguments name, to change texts for which ArgumentParser has no setting.
struct Invocation {
    private let command: any ParsableCommand.Type
    private let path: [String]

    /// - Parameter words: the arguments, the program's own name included.
    init(_ words: [String], of root: any ParsableCommand.Type) {
        var command = root
        var path = [root.name]
        for word in words.dropFirst() where word != "help" {
            guard let next = command.configuration.subcommands.first(where: { $0.name == word }) else { break }
            command = next
            path.append(word)
        }
        self.command = command
        self.path = path
    }

    /// Help with the command's examples at its end; any other text unchanged.
    func illustrated(_ text: String) -> String {
        guard text.hasPrefix("OVERVIEW: "), let illustrated = command as? any IllustratedCommand.Type else {
            return text
        }
        let lines = illustrated.examples.split(separator: "\n").map { "  \($0)\n" }
        return text + (text.hasSuffix("\n") ? "" : "\n") + "\nEXAMPLES:\n" + lines.joined()
    }

    /// ArgumentParser's message as one line, with where to read more.
    func usageMessage(_ message: String) -> String {
        var line = ""
        for part in message.split(whereSeparator: \.isNewline).map({ $0.drop { $0 == " " } }) {
            // ArgumentParser lists the possible values one below the other.
            let item = part.hasPrefix("- ") ? part.dropFirst(2) : part
            line += line.isEmpty ? "" : item.count < part.count && !line.hasSuffix(":") ? ", " : " "
            line += item
        }
        if line.hasSuffix(".") { line.removeLast() }
        return "\(line.prefix(1).lowercased())\(line.dropFirst()); see '\(path.joined(separator: " ")) --help'"
    }
}

extension ParsableCommand {
    fileprivate static var name: String {
        configuration.commandName ?? ""
    }
}
