import Foundation
import Testing

/// The runner is only worth something if a script that is wrong fails. Here `sh` plays the program under test.
@Suite("Script runner")
struct ScriptRunnerTests {
    private let shell = Program(executable: URL(fileURLWithPath: "/bin/sh"), timeLimit: .seconds(10))

    private func run(_ text: String) throws {
        try ScriptRunner.run(ScriptFile(name: "own", text: text), with: shell)
    }

    @Test("A script that holds")
    func holds() throws {
        try run(
            #"""
            # each command once
            env GREETING="hello there"
            streamsign -c 'echo "id: 42"; echo "$GREETING" >&2'
            stdout '^id: [0-9]+$'
            stderr "^$GREETING$"
            ! stdout there
            set LINE stdout
            set ID stdout 'id: (.*)'
            cp stdout copy
            streamsign -c "echo '$LINE' | cmp - copy; umask 077; echo $ID > ${ID}.txt"
            ! stdout .
            mode 600 42.txt
            exists 42.txt
            ! exists 43.txt
            stdin given/file.txt
            streamsign -c cat
            cmp stdout given/file.txt
            ! cmp copy given/file.txt
            streamsign -c cat
            ! stdout .
            ! 3 streamsign -c 'exit 3'
            -- given/file.txt --
            one # two

            three
            """#)
    }

    @Test(
        "A script that does not hold fails, and says where",
        arguments: [
            "! 1 streamsign -c 'exit 2'", "streamsign -c 'exit 1'", "! 0 streamsign -c 'kill -9 $$'",
            "stdout '^word$'", "! stdout words", "stderr .", "exists nothing", "! exists file", "mode 600 nothing",
            "cmp file stdout", "! cmp file file", "cp nothing copy", "stdin nothing", "set A stdout x",
            "streamsign $UNSET", "stdout '('",
        ])
    func fails(_ line: String) throws {
        let failure = try #require(throws: ScriptFailure.self) {
            try run("streamsign -c 'echo words'\n\(line)\n-- file --\ntext\n")
        }
        #expect(failure.line == 2)
        #expect(failure.command == line)
        #expect(failure.description.contains("words") || line.contains("streamsign"))
    }

    @Test("A program that does not end is killed")
    func timeLimit() throws {
        let script = try ScriptFile(name: "own", text: "streamsign -c 'while :; do :; done'")
        let impatient = Program(executable: shell.executable, timeLimit: .seconds(1))
        let failure = try #require(throws: ScriptFailure.self) { try ScriptRunner.run(script, with: impatient) }
        #expect(failure.last?.ending == .killedAfter(.seconds(1)))
    }

    @Test(
        "A line that is not in the language is refused",
        arguments: ["unknown", "stdout", "! streamsign x", "! cp a b", "! 1 stdout x", "env NAME", "echo 'open", "!"])
    func syntax(_ line: String) throws {
        let failure = try #require(throws: ScriptFailure.self) { try ScriptFile(name: "own", text: "\n\(line)") }
        #expect(failure.line == 2)
    }

    @Test("Words are split as a shell would")
    func words() throws {
        let words = try ScriptWord.split(#"a'b $C'"d\"$E" '' \d+$ ${F}g #rest"#)
        #expect(
            words.map(\.parts) == [
                [.text(#"ab $Cd""#), .variable("E")], [.text("")], [.text(#"\d+$"#)], [.variable("F"), .text("g")],
            ])
    }
}
