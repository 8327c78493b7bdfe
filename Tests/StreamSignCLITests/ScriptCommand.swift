/// What a line of a script asks for.
///
/// | Line | Meaning |
/// | --- | --- |
/// | `streamsign ARGUMENT…` | runs, and must exit with status 0 |
/// | `! STATUS streamsign ARGUMENT…` | runs, and must exit with that status |
/// | `stdin FILE` | what the next `streamsign` reads |
/// | `env NAME=VALUE` | for every `streamsign` after it, and for `$NAME` |
/// | `set NAME stdout [REGEX]` | `$NAME` becomes the output without the space around it, or the first group's match |
/// | `stdout REGEX`, `stderr REGEX` | the last output matches; with `!` before it, does not |
/// | `exists FILE` | with `!` before it, does not |
/// | `mode 600 FILE` | its permissions |
/// | `cmp FILE FILE` | the same bytes; with `!` before it, not |
/// | `cp FILE FILE` | copies |
///
/// In place of a file to read, `stdout` and `stderr` name the last command's output. In a regular expression
/// `^` and `$` stand for the ends of a line.
enum ScriptCommand: Sendable, Equatable {
    case run(arguments: [ScriptWord], status: Int32)
    case stdin(ScriptWord)
    case environment(name: String, ScriptWord)
    case capture(name: String, Stream, pattern: ScriptWord?)
    case match(Stream, ScriptWord, wanted: Bool)
    case exists(ScriptWord, wanted: Bool)
    case mode(Int, ScriptWord)
    case compare(ScriptWord, ScriptWord, wanted: Bool)
    case copy(ScriptWord, ScriptWord)

    /// One of the two outputs of a program.
    enum Stream: String, Sendable {
        case stdout, stderr
    }

    init(_ words: [ScriptWord]) throws(ScriptSyntaxError) {
        var words = words[...]
        var wanted = true
        var status: Int32?
        if words.first?.literal == "!" {
            wanted = false
            words.removeFirst()
            if let number = words.first?.literal.flatMap({ Int32($0) }) {
                status = number
                words.removeFirst()
            }
        }
        let name = words.popFirst()?.literal ?? ""
        let arguments = Array(words)
        guard let command = Self.make(name, arguments, wanted: wanted, status: status) else {
            throw ScriptSyntaxError(reason: "no such command, or not with these arguments")
        }
        self = command
    }

    private static func make(
        _ name: String, _ arguments: [ScriptWord], wanted: Bool, status: Int32?
    ) -> ScriptCommand? {
        if name == "streamsign" {
            // A bare `!` would be content with a crash.
            return wanted || status != nil ? .run(arguments: arguments, status: status ?? 0) : nil
        }
        switch (name, arguments.count, wanted) {
        case _ where status != nil: return nil
        case ("stdout", 1, _): return .match(.stdout, arguments[0], wanted: wanted)
        case ("stderr", 1, _): return .match(.stderr, arguments[0], wanted: wanted)
        case ("exists", 1, _): return .exists(arguments[0], wanted: wanted)
        case ("cmp", 2, _): return .compare(arguments[0], arguments[1], wanted: wanted)
        case ("cp", 2, true): return .copy(arguments[0], arguments[1])
        case ("stdin", 1, true): return .stdin(arguments[0])
        case ("env", 1, true): return assignment(arguments[0])
        case ("mode", 2, true):
            guard let mode = arguments[0].literal.flatMap({ Int($0, radix: 8) }) else { return nil }
            return .mode(mode, arguments[1])
        case ("set", 2, true), ("set", 3, true):
            guard let name = arguments[0].literal, let stream = arguments[1].literal.flatMap(Stream.init) else {
                return nil
            }
            return .capture(name: name, stream, pattern: arguments.count == 3 ? arguments[2] : nil)
        default: return nil
        }
    }

    private static func assignment(_ word: ScriptWord) -> ScriptCommand? {
        guard case .text(let start)? = word.parts.first, let equals = start.firstIndex(of: "=") else { return nil }
        var value = word
        value.parts[0] = .text(String(start[start.index(after: equals)...]))
        return .environment(name: String(start[..<equals]), value)
    }
}
