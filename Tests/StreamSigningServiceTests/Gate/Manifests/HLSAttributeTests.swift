import Testing

@testable import StreamSigningGate

@Suite("References in attributes of playlists")
struct HLSAttributeTests {
    private static let video = SampleManifest.video

    @Test(
        "become relative if they lead to the video, whatever the tag",
        arguments: [
            #"#EXT-X-KEY:METHOD=AES-128,URI="%/key.bin",IV=0x01"#,
            #"#EXT-X-SESSION-KEY:METHOD=AES-128,URI="%/key.bin""#,
            #"#EXT-X-MAP:URI="%/init.mp4",BYTERANGE="720@0""#,
            #"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a,b",NAME="URI=x",URI="%/a.m3u8""#,
            #"#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="%/i.m3u8""#, #"#EXT-X-PART:DURATION=0.3,URI="%/p.mp4""#,
            #"#EXT-X-PRELOAD-HINT:TYPE=PART,URI="%/p.mp4""#, #"#EXT-X-RENDITION-REPORT:URI="%/a.m3u8",LAST-MSN=1"#,
            #"#EXT-X-SESSION-DATA:DATA-ID="a",URI="%/a.json""#, #"#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=1, URI="%/i.m3u8""#,
            #"#EXT-X-DATERANGE:ID="a",CLASS="com.apple.hls.interstitial",X-ASSET-URI="%/ad.m3u8""#,
            #"#EXT-X-DATERANGE:ID="a",X-ASSET-LIST="%/ads.json",X-RESUME-OFFSET=0"#,
        ])
    func attributes(_ tag: String) throws {
        let prefixes = [
            "/\(Self.video)/manifest/live", "/manifest/live", "https://gate.example/acct/\(Self.video)/manifest/live",
        ]
        for prefix in prefixes {
            let line = tag.replacing("%", with: prefix)
            let expected = (tag.replacing("%/", with: ""), ManifestOutcome.rewritten)
            #expect(try SampleManifest.line(line, origins: ["https://gate.example"]) == expected)
        }
    }

    @Test(
        "are not looked for in what is not an attribute",
        arguments: [
            #"#EXT-X-MEDIA:NAME="URI="/seg.ts""#, #"#EXT-X-MEDIA:CHARACTERISTICS="a,URI=/seg.ts""#,
            #"#EXT-X-KEY:uri="/seg.ts""#, #"#EXT-X-KEY:XURI="/seg.ts""#,
            #"#EXT-X-KEY URI="/seg.ts""#,
            #"#EXT-X-DEFINE:NAME="a",VALUE="/seg.ts""#, #"#EXT-X-DATERANGE:X-COM-URL="/seg.ts""#,
            #"#EXTINF:2,URI="/seg.ts""#,
        ])
    func noAttributes(_ line: String) throws {
        #expect(try SampleManifest.line(line) == (line, .relative))
    }

    @Test(
        "stay as they are, and count if they lead to the video, in attributes that only look like references",
        arguments: [
            #"#EXT-X-CONTENT-STEERING:SERVER-URI="%",PATHWAY-ID="a""#, "#EXT-X-CONTENT-STEERING:SERVER-URI=%",
            #" #EXT-X-DATERANGE:X-COM-URI="%""#, ##"#EXT-X-NEW:A="b",C-URI="%""##,
        ])
    func others(_ tag: String) throws {
        for (reference, outcome): (String, ManifestOutcome) in [
            ("/seg.ts", .notRelative), ("https://gate.example/acct/\(Self.video)/steering", .notRelative),
            ("seg.ts", .relative), ("/steering", .relative), ("https://cdn.example/x.ts", .relative),
        ] {
            let line = tag.replacing("%", with: reference)
            #expect(try SampleManifest.line(line, origins: ["https://gate.example"]) == (line, outcome))
        }
    }
}
