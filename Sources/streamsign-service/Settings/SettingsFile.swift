internal import StreamSigningCommandLine

/// A configuration file: `name = value` lines in UTF-8, with or without a byte order mark. A comment begins with `#`, at the start
/// of a line or after white space.
struct SettingsFile {
    private(set) var values: [String: String] = [:]

    init(path: String) throws {
        let bytes = try ByteOrderMark.remove(from: FileContents.read(path), of: path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure.unusable(path, "not UTF-8")
        }
        // By bytes, because "\r\n" is one Character, which is not "\n". The "\r" that stays is trimmed.
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let content = Substring(line).withoutComment.trimmed
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
}
