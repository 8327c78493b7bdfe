/// One word of a command, with the variables in it still to be replaced.
///
/// Quoting is a shell's: nothing is special between single quotes; between double quotes `$NAME` is
/// replaced and a backslash protects `"`, `\` and `$`. Outside of quotes a backslash is itself, for regular
/// expressions' sake, and a `$` without a name after it is too.
struct ScriptWord: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        case text(String)
        case variable(String)
    }

    var parts: [Part] = []

    /// The word when it has no variables.
    var literal: String? {
        expanded { _ in nil }
    }

    /// The word with each variable replaced by its value; nothing when one has none.
    func expanded(_ value: (String) -> String?) -> String? {
        var result = ""
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .variable(let name):
                guard let text = value(name) else { return nil }
                result += text
            }
        }
        return result
    }

    /// The words of a line, up to a comment.
    static func split(_ line: Substring) throws(ScriptSyntaxError) -> [ScriptWord] {
        var words: [ScriptWord] = []
        var rest = line
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty || rest.first == "#" { return words }
            words.append(try next(in: &rest))
        }
    }

    private static func next(in rest: inout Substring) throws(ScriptSyntaxError) -> ScriptWord {
        var word = ScriptWord()
        var quote: Character?
        while let character = rest.first {
            if quote == nil, character == " " || character == "\t" { break }
            rest.removeFirst()
            if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
                word.append("")
            } else if quote == "\"", character == "\\", let protected = rest.first, "\"\\$".contains(protected) {
                word.append(String(rest.removeFirst()))
            } else if quote != "'", character == "$", let name = variable(in: &rest) {
                word.parts.append(.variable(name))
            } else {
                word.append(String(character))
            }
        }
        if let quote { throw ScriptSyntaxError(reason: "a \(quote) is not closed") }
        return word
    }

    /// The name at the beginning of the text, `NAME` or `{NAME}`.
    private static func variable(in rest: inout Substring) -> String? {
        guard let found = rest.prefixMatch(of: /{(?<braced>[A-Za-z_][A-Za-z0-9_]*)}|(?<bare>[A-Za-z_][A-Za-z0-9_]*)/)
        else { return nil }
        rest = rest[found.range.upperBound...]
        return String(found.braced ?? found.bare ?? "")
    }

    private mutating func append(_ text: String) {
        if case .text(let before) = parts.last {
            parts[parts.count - 1] = .text(before + text)
        } else {
            parts.append(.text(text))
        }
    }
}
