import StreamSigning
import Testing

@Suite("Reading playback URLs")
struct PlaybackURLReadingTests {
    private static let token = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"
    private static let longToken = token + String(repeating: "A", count: 60)

    @Test(
        "finds the token on every host, old and new",
        arguments: [
            ("https://videodelivery.net/TOKEN/manifest/video.m3u8", "manifest/video.m3u8"),
            ("https://videodelivery.net/TOKEN/manifest/video.mpd", "manifest/video.mpd"),
            ("https://videodelivery.net/TOKEN/thumbnails/thumbnail.jpg?time=1s", "thumbnails/thumbnail.jpg"),
            ("https://watch.cloudflarestream.com/TOKEN", ""), ("https://iframe.videodelivery.net/TOKEN", ""),
            ("https://iframe.videodelivery.net/TOKEN?autoplay=true", ""),
            ("https://cloudflarestream.com/TOKEN/watch", "watch"),
            ("https://customer-a1.cloudflarestream.com/TOKEN/iframe?poster=https%3A%2F%2Fx", "iframe"),
            (
                "https://customer-a1.cloudflarestream.com/TOKEN/manifest/stream_t0_r1.m3u8?useVODOTFE=false",
                "manifest/stream_t0_r1.m3u8"
            ),
            ("HTTPS://customer-a1.cloudflarestream.com/TOKEN/", ""),
            ("http://[::1]:8080/gate/TOKEN/iframe#x", "iframe"),
            ("https://cdn.example//TOKEN//iframe", "/iframe"), ("https://cdn.example/a.b.c/TOKEN/x", "x"),
            ("https://cdn.example/TOKEN#t=1", ""),
        ])
    func found(url: String, path: String) throws {
        let text = url.replacing("TOKEN", with: Self.token)
        let read = try PlaybackURL(reading: text)
        #expect(read.token.rawValue == Self.token)
        #expect(read.path == path)
        #expect(read.text == text, "comes out as it went in")
    }

    @Test(
        "says that a token in the query belongs into the path",
        arguments: [
            "https://customer-a1.cloudflarestream.com/VIDEO/manifest/video.m3u8?token=TOKEN",
            "https://iframe.videodelivery.net/VIDEO?token=TOKEN",
            "https://videodelivery.net/VIDEO/iframe?a=b&jwt=TOKEN&c",
            "https://videodelivery.net/VIDEO?TOKEN=TOKEN", "https://TOKEN/VIDEO?token=TOKEN",
        ])
    func query(url: String) {
        let text = url.replacing("TOKEN", with: Self.longToken).replacing("VIDEO", with: ForgedToken.video)
        let denial = #expect(throws: Denial.self) { try PlaybackURL(reading: text) }
        #expect(denial?.code == .tokenMissing)
        #expect(denial?.message.contains("in the query") == true && denial?.message.contains(Self.longToken) == false)
    }

    @Test(
        "says that a URL carries no token",
        arguments: [
            "https://customer-a1.cloudflarestream.com/VIDEO/iframe",
            "https://videodelivery.net/VIDEO/manifest/video.m3u8",
            "https://customer-a1.cloudflarestream.com/", "https://customer-a1.cloudflarestream.com", "http://x?",
            "http://x/#a",
            "https://x/VIDEO?token=", "https://x/VIDEO?token", "https://x/VIDEO?=", "https://x/VIDEO?token=VIDEO&&",
            "https://x/a.b", "https://x/a.b.c", "https://x/a.b.c.d/e", "https://x/VIDEO#TOKEN",
        ])
    func missing(url: String) {
        let text = url.replacing("TOKEN", with: Self.token).replacing("VIDEO", with: ForgedToken.video)
        let denial = #expect(throws: Denial.self) { try PlaybackURL(reading: text) }
        #expect(denial?.code == .tokenMissing)
    }

    @Test(
        "refuses what is no http URL",
        arguments: [
            "", " ", "TOKEN", "VIDEO", "ftp://x/TOKEN", "//x/TOKEN", "https:/x/TOKEN", "https//x/TOKEN",
            "https:///TOKEN",
            "https://user@x/TOKEN", "https://user:pass@x/TOKEN", " https://x/TOKEN", "https://x/TOKEN ",
            "https://x/ä/TOKEN",
            "https://x/TOKEN\n", "https://x/\u{0}TOKEN", "javascript:TOKEN", "data:,TOKEN", "https://x\\TOKEN",
            "://x/TOKEN",
        ])
    func junk(url: String) {
        let text = url.replacing("TOKEN", with: Self.token).replacing("VIDEO", with: ForgedToken.video)
        let denial = #expect(throws: Denial.self) { try PlaybackURL(reading: text) }
        #expect(denial?.code == .tokenMalformed)
    }

    @Test("takes 16 KiB and no more", arguments: [(16_384, true), (16_385, false)])
    func size(count: Int, isAccepted: Bool) {
        let head = "https://x/\(Self.token)/"
        let text = head + String(repeating: "a", count: count - head.utf8.count)
        #expect(((try? PlaybackURL(reading: text)) != nil) == isAccepted)
    }
}
