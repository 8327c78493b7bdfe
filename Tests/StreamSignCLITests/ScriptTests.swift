import Testing

@Suite("Scripts")
struct ScriptTests {
    @Test("Scripts are found")
    func found() {
        #expect(!ScriptFile.allNames.isEmpty)
    }

    @Test("A script holds", arguments: ScriptFile.allNames)
    func holds(_ name: String) throws {
        let program = try Program.streamsign()
        do {
            try ScriptRunner.run(ScriptFile.named(name), with: program)
        } catch let failure as ScriptFailure {
            Issue.record(Comment(rawValue: failure.description))
        }
    }
}
