import StreamSigning
import Testing

@testable import StreamSigningGate

@Suite("A path inside a video's folder")
struct MediaPathTests {
    /// Each is refused before any file is looked for.
    static let escapes = [
        "", "/", ".", "..", "../x", "a/..", "a/../b", "a/./b", "./a", "a//b", "/a", "a/", "...", ".hidden",
        "a/.git/config",
        "%2e%2e/x", "%2E%2E/x", ".%2e/x", "%2e./x", "a/%2e%2e/b", "a/%2e/b", "%2ehidden",
        "..%2fx", "a%2fb", "a%2Fb", "%2fa", "a/..%2f..%2fetc", "a%5cb", "..%5cx", "..\\x", "a\\b",
        "a%00", "a%00.mp4", "%00", "a/%00/b", "a%0ab", "a%0d%0ab", "a%7fb", "a%1fb", "a\u{1}b",
        "%252e%252e/x", "a%252fb", "a%25", "%", "%2", "a%", "a%zz", "a%2g", "a%g2", "%%32e",
        "%c0%ae%c0%ae/x", "%c0%af", "%e0%80%ae", "%ff", "a%80", "%ed%a0%80", "%f4%90%80%80",
        "a/b/", "a/%2f", "%2f%2f", "..;/x", "a/..;/b", "..%00/x",
    ]

    @Test("is none if it leads elsewhere, or could to somebody else", arguments: escapes)
    func refused(_ text: String) {
        #expect(text.withBytes { MediaPath(decoding: $0) } == nil)
        #expect(!text.withBytes { MediaPath.canDecode($0) })
    }

    @Test(
        "is decoded once",
        arguments: [
            ("manifest/video.m3u8", "manifest/video.m3u8"), ("a", "a"), ("a%20b/c.ts", "a b/c.ts"),
            ("%73eg.m4s", "seg.m4s"), ("a..b", "a..b"), ("a.", "a."), ("se%C3%A9.mp4", "seé.mp4"), ("a+b", "a+b"),
            ("a;b", "a;b"), ("thumbnails/thumbnail.jpg", "thumbnails/thumbnail.jpg"),
        ])
    func decoded(_ text: String, _ path: String) {
        #expect(text.withBytes { MediaPath(decoding: $0) }?.text == path)
        #expect(text.withBytes { MediaPath.canDecode($0) })
    }
}
