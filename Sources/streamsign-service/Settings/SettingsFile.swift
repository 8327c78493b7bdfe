internal import StreamSigningCommandLine

/// A configuration file: `name = value` lines. A comment begins with `#`, at the start of a line or after white space.
struct SettingsFile {
    private(set) var values: [String: String] = [:]

    init(path: String) throws {
        let text = String(decoding: try FileContents.read(path), as: UTF8.self)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.withoutComment.trimmed
            guard !content.isEmpty else { continue }
            let parts = content.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0].trimmed)
            guard parts.count == 2, Setting.all.contains(where: { $0.name == name }) else {
                throw CommandFailure.unusable(
                    "\(path): line \(index + 1)",
                    parts.count == 2 ? "there is no setting '\(name.prefix(64))'" : "not `name = value`")
            }
            guard values.updateValue(String(parts[1].trimmed), forKey: name) == nil else {
                throw CommandFailure.unusable("\(path): line \(index + 1)", "'\(name)' is given twice")
            }
        }
    }
}

extension Substring {
    /// A `#` inside a value, such as in a password, is part of it.
    fileprivate var withoutComment: Substring {
        var previous: Character = " "
        return prefix { character in
            defer { previous = character }
            return character != "#" || !previous.isWhitespace
        }
    }

    fileprivate var trimmed: Substring {
        var text = drop { $0.isWhitespace }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return text
    }
}
