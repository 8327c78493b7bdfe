import StreamSigning
import Testing

@Suite("Playback origins")
struct PlaybackOriginTests {
    @Test("of a customer are Stream's delivery host", arguments: ["f33zs165nr7gyfy4", "m033z5x00ks6nunl", "a", "0"])
    func customer(code: String) throws {
        #expect(try PlaybackOrigin(customerCode: code).baseURL == "https://customer-\(code).cloudflarestream.com")
    }

    @Test(
        "take no code that is none",
        arguments: [
            "", "ABC", "a-b", "a.b", "a/b", "customer-a.cloudflarestream.com", "https://x", " a", "a\n", "é", "a@b",
            String(repeating: "a", count: 64),
        ])
    func refusedCode(code: String) {
        #expect(throws: InvalidURL.self) { try PlaybackOrigin(customerCode: code) }
    }

    @Test(
        "of a base URL come out as they went in, without slashes at the end",
        arguments: [
            ("https://cdn.example", "https://cdn.example"), ("https://cdn.example/", "https://cdn.example"),
            ("https://cdn.example//", "https://cdn.example"),
            ("http://127.0.0.1:8080/media/", "http://127.0.0.1:8080/media"),
            ("https://[2001:db8::1]:8443/a%20b", "https://[2001:db8::1]:8443/a%20b"),
            ("HTTPS://CDN.example", "HTTPS://CDN.example"),
        ])
    func base(text: String, base: String) throws {
        #expect(try PlaybackOrigin(baseURL: text).baseURL == base)
    }

    @Test(
        "take no base URL with a query, a fragment or a user, and nothing that is no http URL",
        arguments: [
            "", "cdn.example", "ftp://cdn.example", "https://", "https:///", "https://?x", "https://x?", "https://x#",
            "https://x?a=b",
            "https://u@x", "https://u:p@x/", "https://x y", "https://x\n", "https://é.example", "https:x",
            "file:///etc",
            "https://x/\"", "https://x/<y>", "https://:80", "https://:80/x", "https://x:port", "https://x:80:90",
            "https://x:",
            "https://x:65536", "https://[::1", "https://::1]/", "https://[x]/",
        ])
    func refusedBase(text: String) {
        #expect(throws: InvalidURL.self) { try PlaybackOrigin(baseURL: text) }
    }

    @Test(
        "of a download have 1 to 120 plain characters", arguments: [(0, false), (1, true), (120, true), (121, false)])
    func downloadName(count: Int, isAccepted: Bool) {
        #expect(((try? DownloadName(String(repeating: "x", count: count))) != nil) == isAccepted)
    }

    @Test(
        "take no download name that would need encoding",
        arguments: ["a b", "a.b", "a/b", "é", "a%20", "a&b", "a?b", "a\u{0}", "@", "["])
    func refusedName(text: String) {
        #expect(throws: InvalidURL.self) { try DownloadName(text) }
    }
}
