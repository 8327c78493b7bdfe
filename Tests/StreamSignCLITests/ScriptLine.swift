/// One line of a script, and where it stands.
struct ScriptLine: Sendable {
    let number: Int
    let text: String
    let command: ScriptCommand

    /// Nothing when the line is empty or a comment.
    init?(_ line: Substring, number: Int, of script: String) throws {
        let words: [ScriptWord]
        do throws(ScriptSyntaxError) {
            words = try ScriptWord.split(line)
            guard !words.isEmpty else { return nil }
            command = try ScriptCommand(words)
        } catch {
            throw ScriptFailure(script: script, line: number, command: String(line), reason: error.reason)
        }
        self.number = number
        self.text = String(line)
    }
}

/// A line that is not in the scripts' language.
struct ScriptSyntaxError: Error {
    let reason: String
}
