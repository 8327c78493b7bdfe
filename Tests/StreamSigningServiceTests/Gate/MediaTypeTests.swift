import NIOCore
import Testing

@testable import StreamSigningGate

@Suite("The type of a file")
struct MediaTypeTests {
    @Test(
        "follows from its name",
        arguments: [
            ("manifest/video.m3u8", "application/vnd.apple.mpegurl", true, true),
            ("a.b/VIDEO.MPD", "application/dash+xml", true, true),
            ("captions/de.vtt", "text/vtt; charset=utf-8", false, true),
            ("seg.m4s", "video/iso.segment", false, false), ("seg.ts.part", "application/octet-stream", false, false),
            ("m3u8", "application/octet-stream", false, false), ("a.m3u8/b", "application/octet-stream", false, false),
            ("page.html", "application/octet-stream", false, false), ("", "application/octet-stream", false, false),
        ])
    func name(_ path: String, _ name: String, _ isManifest: Bool, _ isText: Bool) {
        let type = MediaType(path)
        #expect(type.name == name && type.isManifest == isManifest && type.isText == isText)
    }

    @Test(
        "says how a text ends that is written to its end",
        arguments: [
            ("a.m3u8", "#EXTM3U\n#EXT-X-ENDLIST\n", true), ("a.m3u8", "#EXTM3U\r\n", true),
            ("a.m3u8", "#EXTM3U\nseg-1.m", false),
            ("a.m3u8", "", false), ("a.mpd", "<MPD></MPD>", true), ("a.mpd", "<d:MPD></d:MPD>\n \n", true),
            ("a.mpd", "<MPD></MPD", false), ("a.mpd", "<MPD>\n", false), ("a.mpd", "<MPD/>", false),
            ("a.mpd", "<MPD>\n<Period>", false), ("a.mpd", "", false),
            ("a.vtt", "WEBVTT", true),
            ("a.vtt", "", false),
        ])
    func wholeness(_ path: String, _ text: String, _ isWhole: Bool) {
        #expect(MediaType(path).looksWhole(ByteBuffer(string: text)) == isWhole)
    }
}
