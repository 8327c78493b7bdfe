import StreamSigning
import Testing

@Suite("Playback cookies")
struct PlaybackCookieTests {
    private let token = PlaybackToken(rawValue: "e30.e30.c2ln")
    private let now: NumericDate = 1_760_000_000

    @Test("are sent over TLS, to no script, and from other sites too, until the token expires")
    func text() throws {
        let cookie = try PlaybackCookie(token, expires: now + .seconds(90), at: now)
        #expect(cookie.text == "stream_token=e30.e30.c2ln; Path=/; Max-Age=90; Secure; HttpOnly; SameSite=None")
        #expect(!"\(cookie)".contains("e30") && !String(reflecting: cookie).contains("e30"))
    }

    @Test("last until the browser is closed if the token never expires, and not at all if it has")
    func age() throws {
        #expect(try !PlaybackCookie(token, expires: nil, at: now).text.contains("Max-Age"))
        #expect(try PlaybackCookie(token, expires: now - .seconds(1), at: now).text.contains("; Max-Age=0;"))
        let rest = try PlaybackCookie(token, expires: now + .milliseconds(1_999), at: now).text
        #expect(rest.contains("; Max-Age=1;"))
    }

    @Test(
        "may be for one path or one domain",
        arguments: [("/", "a.example"), ("/videos/", "localhost"), ("/%3B", "a-b.c")])
    func place(path: String, domain: String) throws {
        let text = try PlaybackCookie(token, expires: nil, at: now, path: path, domain: domain).text
        #expect(text.contains("; Path=\(path); Domain=\(domain); "))
    }

    @Test(
        "take nothing that ends an attribute",
        arguments: [
            ("videos", nil), ("", nil), ("/a;b", nil), ("/a b", nil), ("/\u{E9}", nil), ("/\n", nil), ("/", ""),
            ("/", "a..b"),
            ("/", ".a.example"), ("/", "a.example;"), ("/", "a b"), ("/", "*.example"), ("/", "a.example:80"),
        ] as [(String, String?)])
    func invalid(path: String, domain: String?) {
        #expect(throws: InvalidURL.self) {
            try PlaybackCookie(token, expires: nil, at: now, path: path, domain: domain)
        }
    }

    @Test("take no text that is not a token's", arguments: ["a;b", "a b", "a\r\nX: y", "\"a\"", "\u{E9}", "a,b"])
    func notAToken(text: String) {
        #expect(throws: InvalidURL.self) {
            try PlaybackCookie(PlaybackToken(rawValue: text), expires: nil, at: now)
        }
    }
}
