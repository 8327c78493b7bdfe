import NIOCore
import Testing

@testable import StreamSigningGate

@Suite("References in playlists")
struct HLSManifestTests {
    private static let video = SampleManifest.video

    @Test(
        "become relative if they lead to the video",
        arguments: [
            ("/\(video)/manifest/live/seg.ts", "seg.ts"),
            ("/acct/\(video)/manifest/live/seg.ts?a=/b#c", "seg.ts?a=/b#c"),
            ("/\(video)/manifest/seg.ts", "../seg.ts"),
            ("/\(video)/other/live/seg.ts", "../../other/live/seg.ts"),
            ("/manifest/live/deeper/seg.ts", "deeper/seg.ts"),
            ("/manifest/life/seg.ts", "../life/seg.ts"),
            ("/seg.ts", "../../seg.ts"),
            ("/a%20b/seg.ts", "../../a%20b/seg.ts"),
            ("/\(video)/manifest/live/12:30.ts", "./12:30.ts"),
            ("/\(video)/manifest/live/é.ts", "é.ts"),
        ])
    func rewritten(_ line: String, _ expected: String) throws {
        #expect(try SampleManifest.line(line) == (expected, .rewritten))
    }

    @Test(
        "stay as they are if they are relative, of another kind, or of another host",
        arguments: [
            "seg.ts", "../seg.ts", "../../../../../../seg.ts", "?a=/b", "deeper//seg.ts", "a:b/seg.ts", "seg /x.ts",
            "data:text/plain,/\(video)/seg.ts", "skd://\(video)/manifest", "urn:uuid:\(video)",
            "ftp://a.example/seg.ts",
            "https://cdn.example/films/seg.ts", "//cdn.example/films/seg.ts", "# /\(video)/manifest/seg.ts",
            "#EXTINF:2,/\(video)/seg.ts", "#EXT-X-UNKNOWN:/\(video)/seg.ts", "",
        ])
    func kept(_ line: String) throws {
        #expect(try SampleManifest.line(line) == (line, .relative))
    }

    @Test(
        "stay as they are, and count, if they could be read in two ways or lead somewhere else on this origin",
        arguments: [
            "/", "/\(video)", "/other/seg.ts", "/5d5bc37ffcf54c9b82e996823bffbb81/manifest/seg.ts",
            "/other/\(video)/manifest/seg.ts", "/ACCT/\(video)/manifest/seg.ts",
            "/\(video)/../seg.ts", "/\(video)/manifest/../../seg.ts", "/manifest/%2e%2e/seg.ts", "/manifest/./seg.ts",
            "/manifest/.hidden", "/manifest//seg.ts", "/manifest/a\\b.ts", "/manifest/a%5Cb.ts", "/manifest/a%2Fb.ts",
            "/manifest/a%2", "/manifest/%00.ts", "/manifest/%FF.ts", "/manifest/a b.ts", "/manifest/\u{1}.ts",
            "/manifest/\tseg.ts", "/manifest/seg.ts?a=\\", "/manifest/seg.ts?a= b", "/manifest/{$name}.ts",
            "/{$name}/seg.ts", "/%2e%2e/seg.ts", "/..", "/.hidden/seg.ts", "/manifest%2Fseg.ts", "/%/seg.ts",
            "\\\\evil.example\\seg.ts", "/\\evil.example/\(video)/seg.ts", "\\/\(video)/seg.ts",
            "http:/\(video)/seg.ts", "https:\(video)/seg.ts", "https:///\(video)/seg.ts",
            "https://gate.example@evil.example/\(video)/seg.ts", "https://a:b@gate.example/\(video)/seg.ts",
            "https://gate.example\\@evil.example/\(video)/seg.ts", "//gate.example:x/\(video)/seg.ts",
            "https://gate.example:0/\(video)/seg.ts", "https://gäte.example/\(video)/seg.ts",
            "https://[::1/\(video)/seg.ts", "https:// /\(video)/seg.ts", "https://{$host}/\(video)/seg.ts",
        ])
    func left(_ line: String) throws {
        #expect(try SampleManifest.line(line, origins: ["https://gate.example"]) == (line, .notRelative))
    }

    @Test(
        "of an origin that is named are this gate's",
        arguments: [
            "https://gate.example", "http://gate.example", "HTTPS://GATE.example", "https://gate.example:443",
            "//gate.example",
            "http://[2001:db8::1]:8080",
        ])
    func named(_ origin: String) throws {
        let origins = ["https://gate.example", "http://[2001:db8::1]:8080"]
        let line = "\(origin)/\(Self.video)/manifest/live/seg.ts"
        #expect(try SampleManifest.line(line, origins: origins) == ("seg.ts", .rewritten))
    }

    @Test(
        "of the host that a request names are this gate's",
        arguments: [
            ("https://gate.example", "gate.example"), ("http://127.0.0.1:8788", "127.0.0.1:8788"),
            ("//gate.example", "gate.example"),
        ])
    func asked(_ origin: String, _ host: String) throws {
        let line = "\(origin)/\(Self.video)/manifest/live/seg.ts"
        #expect(try SampleManifest.line(line, host: host) == ("seg.ts", .rewritten))
        #expect(try SampleManifest.line(line) == (line, .notRelative))
    }

    @Test(
        "of other hosts than the one that a request names are somebody else's",
        arguments: [
            "evil.example", "gate.example.evil.example", "gate.example:8788", "GATE.example", "gate.example.", "",
            "x@gate.example",
        ])
    func spoofed(_ host: String) throws {
        let line = "https://gate.example/\(Self.video)/manifest/live/seg.ts"
        #expect(try SampleManifest.line(line, host: host) == (line, .notRelative))
    }

    @Test(
        "stay as they are, and count, if not every reader takes them for what they are",
        arguments: [
            " /seg.ts", "\t/seg.ts", "  https://gate.example/seg.ts", " \\seg.ts", #"#EXT-X-KEY:URI=" /seg.ts""#,
            #"#EXT-X-KEY:URI="/seg.ts"#, "#EXT-X-KEY:URI=/seg.ts", "#EXT-X-MAP:BYTERANGE=1,URI=https://gate.example/i",
            #"#EXT-X-KEY:METHOD=NONE,,URI="/seg.ts""#, #" #EXT-X-KEY:URI="/seg.ts""#,
            "#EXT-X-DATERANGE:ID=a,X-ASSET-LIST=/seg.ts",
        ])
    func unsound(_ line: String) throws {
        #expect(try SampleManifest.line(line, origins: ["https://gate.example"]) == (line, .notRelative))
        for kept in ["seg.ts", "https://cdn.example/x.ts"] {
            let other = line.replacing(/https:\/\/gate\.example\/(seg\.ts|i)|[\/\\]seg\.ts/, with: kept)
            #expect(try SampleManifest.line(other, origins: ["https://gate.example"]) == (other, .relative))
        }
    }

    @Test("keep every other byte of the playlist", arguments: ["\n", "\r\n"])
    func untouched(_ end: String) throws {
        let lines = [
            "#EXTM3U", "#EXT-X-VERSION:6", "", "#EXTINF:2, é", "%a.ts", "  b.ts", "#EXT-X-KEY:URI=\"%k\" ", "%c.ts",
        ]
        let text = lines.joined(separator: end)
        let manifest = try SampleManifest(text.replacing("%", with: "/manifest/live/"), .hls)
        #expect(manifest.text == text.replacing("%", with: "") && manifest.outcome == .rewritten)
    }

    @Test("are rewritten where they are clear, and all others are left")
    func mixed() throws {
        let manifest = try SampleManifest("#EXTM3U\n/seg.ts\n/other/seg.ts\nhttps://cdn.example/x\n", .hls)
        #expect(manifest.text == "#EXTM3U\n../../seg.ts\n/other/seg.ts\nhttps://cdn.example/x\n")
        #expect(manifest.outcome == .notRelative)
    }

    @Test(
        "are not looked for in what is no playlist",
        arguments: [
            ("", "it does not begin with #EXTM3U"), ("/seg.ts\n", "it does not begin with #EXTM3U"),
            ("#EXTM3U8\n/seg.ts\n", "it does not begin with #EXTM3U"),
            ("\u{FEFF}#EXTM3U\n/seg.ts\n", "it does not begin with #EXTM3U"),
            ("#EXTM3U\n/seg.ts\n\0", "it holds a NUL"),
        ])
    func noPlaylist(_ text: String, _ problem: String) throws {
        let manifest = try SampleManifest(text, .hls)
        #expect(manifest.text == text && manifest.outcome == .notUnderstood && manifest.problem == problem)
    }

    @Test("take a host for this gate only if a URL with it leads to the video, and only four hosts")
    func hosts() throws {
        let hosts = (0..<6).map { "\($0).example" }
        let lines = hosts.map { "https://\($0)/\(Self.video)/seg.ts\nhttps://x.\($0)/other/seg.ts\n" }
        let manifest = try SampleManifest("#EXTM3U\n" + lines.joined(), .hls)
        #expect(manifest.hosts == Array(hosts.prefix(4)) && manifest.outcome == .notRelative)
    }

    @Test("ask the disk for few names")
    func names() throws {
        let lines = (0..<1000).map { "/\($0)/seg.ts\n" }
        var asked: [String] = []
        let place = try #require(ManifestPlace(SampleManifest.path))
        let reader = ManifestReader(rewriting: .on(origins: []))
        let manifest = reader.read(.init(string: "#EXTM3U\n" + lines.joined()), .hls, at: place) {
            asked.append($0)
            return true
        }
        #expect(asked == (0..<VideoNames.limit).map { "\($0)" } && manifest.outcome == .notRelative)
    }

    @Test("do not make the playlist grow without end")
    func growth() throws {
        let path = "acct/\(Self.video)/" + String(repeating: "a/", count: 50) + "video.m3u8"
        let text = "#EXTM3U\n" + String(repeating: "/seg.ts\n", count: 100_000)
        let manifest = try SampleManifest(text, .hls, at: path)
        #expect(manifest.text == text && manifest.outcome == .notUnderstood)
    }
}
