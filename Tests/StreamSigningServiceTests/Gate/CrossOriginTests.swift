import StreamSigningStoreTesting
import Testing

@testable import StreamSigningGate

@Suite("Pages of other origins")
struct CrossOriginTests {
    @Test(
        "are named as browsers name them",
        arguments: [
            ("https://player.example", "https://player.example"), ("HTTPS://Player.Example", "https://player.example"),
            ("https://player.example:443", "https://player.example"),
            ("http://player.example:80", "http://player.example"),
            ("http://player.example:8080", "http://player.example:8080"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
            ("http://[::1]", "http://[::1]"), ("http://localhost:3000", "http://localhost:3000"),
        ])
    func origins(_ text: String, _ name: String) {
        #expect(WebOrigin(text)?.description == name)
    }

    @Test(
        "have no other names",
        arguments: [
            "", "*", "null", "player.example", "//player.example", "https://", "https://player.example/", "https://a b",
            "https://player.example/path", "https://player.example?a", "https://user@player.example",
            "ftp://player.example",
            "https://player.example:", "https://player.example:0", "https://player.example:65536",
            "https://player.example:x",
            "https://[::1", "https://[]", "https://[player.example]", "https://pl\u{E4}yer.example",
            "https://*.example",
        ])
    func noOrigins(_ text: String) {
        #expect(WebOrigin(text) == nil)
    }

    @Test("may play, and learn what players and their clocks need, whoever they are")
    func anybody() async throws {
        try await RunningGate.run { gate in
            try gate.put("seg.m4s", [1])
            let page = [("Origin", "https://player.example")]
            for (path, status) in [
                ("/\(try gate.token())/seg.m4s", 200), ("/\(try gate.token())/none", 404), ("/x.y.z/seg.m4s", 401),
            ] {
                let answer = try await gate.get(path, page)
                #expect(answer.status == status && answer["access-control-allow-origin"] == "*")
                #expect(
                    answer["timing-allow-origin"] == "*" && answer["cross-origin-resource-policy"] == "cross-origin")
                #expect(answer["access-control-allow-credentials"] == nil && answer["vary"] == nil)
                let exposed =
                    answer["access-control-expose-headers"]?.split(separator: ", ").map { $0.lowercased() } ?? []
                for name in ["date", "content-range", "content-length", "etag", "x-stream-signing-denial"] {
                    #expect(exposed.contains(name), "\(name)")
                }
            }
        }
    }

    /// What documentation and sources of players say that they send.
    static let requestFields = [
        "range", "cmcd-object,cmcd-request,cmcd-session,cmcd-status", "x-requested-with", "content-type",
        "cache-control", "pragma",
        "authorization", "if-none-match,if-modified-since", "authorization,cmcd-request,range",
    ]

    @Test("may ask for what players send", arguments: requestFields)
    func preflight(_ fields: String) async throws {
        try await RunningGate.run { gate in
            let answer = try await gate.get(
                "/x.y.z/seg.m4s", method: "OPTIONS",
                [
                    ("Origin", "https://player.example"), ("Access-Control-Request-Method", "GET"),
                    ("Access-Control-Request-Headers", fields),
                ])
            #expect(answer.status == 204 && answer.body.isEmpty && answer["access-control-allow-origin"] == "*")
            #expect(answer["access-control-allow-methods"]?.contains("GET") == true)
            let allowed = answer["access-control-allow-headers"]?.split(separator: ", ").map { $0.lowercased() } ?? []
            for field in fields.split(separator: ",") { #expect(allowed.contains(String(field)), "\(field)") }
        }
    }

    @Test("may play only if they are named, and then with cookies")
    func named() async throws {
        try await RunningGate.run {
            $0.allowedOrigins = ["https://a.example", "http://b.example:8080"].compactMap { WebOrigin($0) }
        } body: { gate in
            try gate.put("seg.m4s", [1])
            let path = "/\(try gate.token())/seg.m4s"
            for (method, origin) in [
                ("GET", "https://a.example"), ("OPTIONS", "http://b.example:8080"), ("HEAD", "https://a.example"),
            ] {
                let answer = try await gate.get(path, method: method, [("Origin", origin)])
                #expect(answer["access-control-allow-origin"] == origin && answer["timing-allow-origin"] == origin)
                #expect(answer["access-control-allow-credentials"] == "true" && answer["vary"] == "Origin")
            }
            for fields in [
                [], [("Origin", "https://evil.example")], [("Origin", "null")],
                [("Origin", "https://a.example.evil.example")],
            ] {
                let answer = try await gate.get(path, fields)
                #expect(
                    answer.status == 200 && answer["access-control-allow-origin"] == nil && answer["vary"] == "Origin")
                #expect(answer["access-control-allow-credentials"] == nil && answer["timing-allow-origin"] == nil)
            }
        }
    }
}
