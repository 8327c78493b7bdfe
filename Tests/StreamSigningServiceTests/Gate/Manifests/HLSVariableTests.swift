import Testing

@testable import StreamSigningGate

@Suite("References with variables in playlists")
struct HLSVariableTests {
    private func outcome(_ lines: [String], host: String? = nil) throws -> ManifestOutcome {
        let text = (["#EXTM3U"] + lines + ["#EXT-X-ENDLIST", ""]).joined(separator: "\n")
        let manifest = try SampleManifest(text, .hls, origins: ["https://gate.example"], host: host)
        #expect(manifest.text == text, "they stay as they are")
        return manifest.outcome
    }

    private func define(_ name: String, _ value: String) -> String {
        #"#EXT-X-DEFINE:NAME="\#(name)",VALUE="\#(value)""#
    }

    @Test(
        "count if what they stand for leads to the video, or somewhere else on this origin",
        arguments: [
            ("/manifest/live", "{$a}/seg.ts"), ("https://gate.example/manifest", "{$a}/seg.ts"), ("/", "{$a}seg.ts"),
            ("", "{$a}/seg.ts"), ("manifest", "/{$a}/seg.ts"), ("seg", "/{$a}.ts"),
            ("gate.example", "https://{$a}/seg.ts"),
            ("https", "{$a}://gate.example/seg.ts"), ("/other", "{$a}/seg.ts"), ("//gate.example", "{$a}/seg.ts"),
            (" /seg.ts", "{$a}"), ("/manifest/live", "#EXT-X-MAP:URI=\"{$a}/init.mp4\""),
            ("/manifest/live", "#EXT-X-CONTENT-STEERING:SERVER-URI=\"{$a}/steering\""),
            ("/manifest/live", "  {$a}/seg.ts"), ("/manifest/live", "#EXT-X-MAP:URI={$a}/init.mp4"),
        ])
    func counted(_ value: String, _ line: String) throws {
        #expect(try outcome([define("a", value), line]) == .notRelative)
        #expect(try outcome([define("b", value), define("a", "{$b}"), line]) == .notRelative)
        #expect(try outcome([define("a", value)]) == .relative, "nothing refers to it")
    }

    @Test(
        "do not count if what they stand for is relative, or leads to another host",
        arguments: [
            ("720p", "{$a}/seg.ts"), ("../720p/", "{$a}seg.ts"), ("seg", "{$a}.ts"), ("", "{$a}seg.ts"),
            ("1", "seg{$a}.ts"), ("/seg", "a{$a}.ts"), ("https://cdn.example/films", "{$a}/seg.ts"),
            ("cdn.example", "https://{$a}/films/seg.ts"), ("720p", "#EXT-X-MAP:URI=\"{$a}/init.mp4\""),
            ("/manifest", "# {$a}/seg.ts"), ("/manifest", "#EXT-X-MEDIA:NAME=\"{$a}/seg.ts\""),
        ])
    func kept(_ value: String, _ line: String) throws {
        #expect(try outcome([define("a", value), line]) == .relative)
    }

    @Test(
        "count if nobody knows here what they stand for",
        arguments: [
            "#EXT-X-DEFINE:IMPORT=\"a\"", "#EXT-X-DEFINE:QUERYPARAM=\"a\"", "#EXT-X-DEFINE:NAME=\"a\"",
            "#EXT-X-DEFINE:NAME=\"b\",VALUE=\"720p\"", "#EXT-X-DEFINE:NAME=\"a\",VALUE=\"{$c}\"",
            "#EXT-X-DEFINE:NAME=\"a\",VALUE=720p", "",
        ])
    func unknown(_ definition: String) throws {
        #expect(try outcome([definition, "{$a}/seg.ts"]) == .notRelative)
        #expect(try outcome([definition, "/manifest/{$a}.ts"]) == .notRelative)
        #expect(try outcome([definition, "720p/{$a}.ts", "seg.ts?t={$a}"]) == .relative, "whatever it is")
    }

    @Test("that name a host count for those who ask that host")
    func host() throws {
        let lines = [define("a", "https://media.example/manifest"), "{$a}/seg.ts"]
        #expect(try outcome(lines, host: "media.example") == .notRelative)
        let text = "#EXTM3U\n" + lines.joined(separator: "\n")
        #expect(try SampleManifest(text, .hls).hosts == ["media.example"])
    }

    @Test("do not make texts grow without end")
    func growth() throws {
        let definitions = (1...60).map { define("a\($0)", "{$a\($0 - 1)}{$a\($0 - 1)}") }
        #expect(try outcome([define("a0", "720p/")] + definitions + ["{$a60}seg.ts"]) == .notRelative)
        let most = define("a", String(repeating: "x", count: 1 << 20))
        #expect(try outcome([most, "{$a}seg.ts"]) == .relative)
        for line in ["seg{$a}{$a}{$a}{$a}.ts", "seg{$a}{$a}{$unknown}.ts"] {
            #expect(try outcome([most] + Array(repeating: line, count: 10_000)) == .relative)
            #expect(try outcome([most, line, "{$a}seg.ts"]) == .notRelative, "what came to nothing was work, too")
        }
        let lines = Array(repeating: "{$a0}seg.ts", count: 10_000)
        #expect(try outcome([define("a0", String(repeating: "x", count: 4_000))] + lines) == .notRelative)
    }
}
