/// Why a script did not hold, with everything that is needed to see why.
struct ScriptFailure: Error, CustomStringConvertible {
    let script: String
    let line: Int
    let command: String
    let reason: String
    var last: ProgramResult?

    var description: String {
        var text = "Scripts/\(script):\(line): \(reason)\n  \(command)"
        guard let last else { return text }
        text += "\nthe last program: \(last.ending)"
        for (name, output) in [("stdout", last.stdout), ("stderr", last.stderr)] {
            text += output.isEmpty ? "\n[\(name): nothing]" : "\n[\(name)]\n\(output)"
        }
        return text
    }
}
