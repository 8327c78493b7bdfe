import Testing

@testable import StreamSigningGate

@Suite("The log of manifests")
struct ManifestLogTests {
    @Test("says once of each file what is wrong with it, and what to do")
    func once() {
        let recorder = LogRecorder()
        let log = ManifestLog(recorder.logger)
        for _ in 0..<3 {
            log.note(.notRelative, nil, of: "a/b/c.m3u8", .off)
            log.note(.notUnderstood, .notXML, of: "a/b/d.mpd", .on(origins: []))
        }
        #expect(recorder.lines.count == 2)
        #expect(recorder.lines[0].hasSuffix("set rewrite-manifests manifest=a/b/c.m3u8"))
        #expect(recorder.lines[1].hasSuffix("manifest=a/b/d.mpd reason=it is not well-formed XML"))
    }

    @Test(
        "has nothing to say of the others",
        arguments: [
            (ManifestOutcome.relative, ManifestRewriting.off), (.relative, .on(origins: [])),
            (.rewritten, .on(origins: [])),
            (.tooLong, .off), (.notUnderstood, .off), (.notRelative, .on(origins: [])),
        ])
    func silent(_ outcome: ManifestOutcome, _ rewriting: ManifestRewriting) {
        let recorder = LogRecorder()
        ManifestLog(recorder.logger).note(outcome, nil, of: "a/b/c.m3u8", rewriting)
        #expect(recorder.lines.isEmpty)
    }

    @Test("does not miss tokens in URLs where they are in cookies")
    func cookies() {
        let recorder = LogRecorder()
        let log = ManifestLog(recorder.logger, hasTokensInPaths: false)
        log.note(.notRelative, nil, of: "a/b/c.m3u8", .off)
        #expect(recorder.lines.isEmpty)
        log.note(.notRelative, .someLeft, of: "a/b/c.m3u8", .on(origins: []))
        #expect(recorder.lines.count == 1)
    }

    @Test("forgets those that it spoke of long ago")
    func bounded() {
        let recorder = LogRecorder()
        let log = ManifestLog(recorder.logger, limit: 4)
        for path in ["1", "2", "3", "4", "5", "1", "5", "6", "7", "8", "9", "1"] {
            log.note(.notRelative, nil, of: path, .off)
        }
        #expect(
            recorder.lines.compactMap { $0.last }.map(String.init) == [
                "1", "2", "3", "4", "5", "6", "7", "8", "9", "1",
            ])
    }
}
