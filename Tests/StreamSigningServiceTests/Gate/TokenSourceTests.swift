import StreamSigning
import StreamSigningTesting
import Testing

@testable import StreamSigningGate

@Suite("Tokens outside the path")
struct TokenSourceTests {
    private static func run(
        _ sources: [TokenSource], _ body: @Sendable (RunningGate) async throws -> Void
    ) async throws {
        try await RunningGate.run {
            $0.tokenSources = sources
        } body: { gate in
            try gate.put("manifest/video.m3u8", Array("#EXTM3U\n".utf8))
            try gate.put("a.ts", [1])
            try await body(gate)
        }
    }

    private static let video = RunningGate.video

    /// A request with a token in one place.
    private static func request(
        _ source: TokenSource, _ token: String, video: String = video, path: String = "a.ts"
    ) -> (target: String, fields: [(String, String)]) {
        switch source {
        case .path: ("/\(token)/\(path)", [])
        case .cookie: ("/\(video)/\(path)", [("Cookie", "a=b; stream_token=\(token);c=d")])
        case .bearer: ("/\(video)/\(path)", [("Authorization", "bearer  \(token)")])
        case .query: ("/\(video)/\(path)?a=b&token=\(token)", [])
        }
    }

    @Test("are taken where the gate is told to look, and nowhere else", arguments: TokenSource.allCases)
    func places(_ source: TokenSource) async throws {
        try await Self.run([source]) { gate in
            let token = try gate.token()
            for other in TokenSource.allCases {
                let (target, fields) = Self.request(other, token)
                let answer = try await gate.get(target, fields)
                #expect(answer.status == (other == source ? 200 : 401), "\(other)")
                #expect(answer.denial == (other == source ? nil : "token_missing"))
            }
        }
        try await Self.run(TokenSource.allCases) { gate in
            let (target, fields) = Self.request(source, try gate.token())
            #expect(try await gate.get(target, fields).status == 200)
            #expect(try await gate.get("/authorize", fields + [("X-Original-URI", target)]).status == 200)
            let expired = Self.request(source, try gate.token(expires: .seconds(-1)))
            #expect(try await gate.get(expired.target, expired.fields).denial == "expired")
        }
    }

    @Test("are for the video that the path names", arguments: [TokenSource.cookie, .bearer, .query])
    func video(_ source: TokenSource) async throws {
        try await Self.run(TokenSource.allCases) { gate in
            let token = try gate.token()
            for video in [
                "5d5bc37ffcf54c9b82e996823bffbb81", "other", "ea95132c%31", "%65a95132c15732412d22c1476fa83f27a", "",
            ] {
                let (target, fields) = Self.request(source, token, video: video)
                let answer = try await gate.get(target, fields)
                #expect(answer.denial == "video_mismatch", "\(video)")
            }
            let rest = Self.request(source, token, path: "downloads/default.mp4")
            #expect(try await gate.get(rest.target, rest.fields).denial == "download_not_allowed")
        }
    }

    @Test("have to agree if there are several")
    func several() async throws {
        try await Self.run(TokenSource.allCases) { gate in
            let (token, other) = (try gate.token(), try gate.token(downloadable: true))
            let cookie = ("Cookie", "stream_token=\(token)")
            let cases: [(String, [(String, String)], Int)] = [
                ("/\(token)/a.ts?token=\(token)", [cookie, ("Authorization", "Bearer \(token)")], 200),
                ("/\(token)/a.ts", [("Cookie", "stream_token=\(other)")], 401),
                ("/\(Self.video)/a.ts?token=\(other)", [cookie], 401),
                ("/\(Self.video)/a.ts?token=\(token)&token=\(other)", [], 401),
                ("/\(Self.video)/a.ts", [cookie, ("Cookie", "stream_token=\(other)")], 401),
                ("/\(Self.video)/a.ts", [("Cookie", "stream_token=\(token); stream_token=\(other)")], 401),
                ("/\(Self.video)/a.ts?token=", [cookie, ("Authorization", "Basic YTpi")], 200),
            ]
            for (target, fields, status) in cases {
                let answer = try await gate.get(target, fields)
                #expect(answer.status == status && answer.denial == (status == 200 ? nil : "token_malformed"))
            }
            let missing = try await gate.get(
                "/\(Self.video)/a.ts", [("Cookie", "xstream_token=\(token); stream_token")])
            #expect(missing.denial == "token_missing")
        }
    }

    @Test("say where a token belongs when there is none")
    func missing() async throws {
        try await Self.run([.bearer, .cookie]) { gate in
            let text = try await gate.get("/\(Self.video)/a.ts").text
            #expect(text.contains("the cookie stream_token, or the field Authorization: Bearer"))
        }
    }

    @Test("begin sessions as cookies, which replace the first one")
    func session() async throws {
        try await Self.run([.path, .cookie]) { gate in
            let token = try gate.token(expires: .seconds(60), playFor: .seconds(600))
            let (target, fields) = Self.request(.cookie, token, path: "manifest/video.m3u8")
            let answer = try await gate.get(target, fields)
            #expect(answer.status == 200 && answer.text == "#EXTM3U\n")
            let cookie = try #require(answer["set-cookie"])
            #expect(cookie.hasSuffix("; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=None"))
            let next = [("Cookie", String(cookie.prefix { $0 != ";" }))]
            gate.clock.advance(by: .seconds(60))
            #expect(try await gate.get(target, fields).denial == "expired")
            let later = try await gate.get(target, next)
            #expect(later.status == 200 && later["set-cookie"] == nil)
            #expect(try await gate.get("/\(Self.video)/none.m3u8", next).status == 404)
            #expect(gate.sessions.count == 1)
        }
    }

    @Test("begin sessions for proxies too, and none by bearer and query")
    func authorized() async throws {
        try await Self.run(TokenSource.allCases) { gate in
            let token = try gate.token(playFor: .seconds(600))
            for source in [TokenSource.cookie, .bearer, .query] {
                let (target, fields) = Self.request(source, token, path: "manifest/video.m3u8")
                for answer in [
                    try await gate.get("/authorize", fields + [("X-Original-URI", target)]),
                    try await gate.get(target, fields),
                ] {
                    #expect(answer.status == 200 && (answer["set-cookie"] != nil) == (source == .cookie))
                }
            }
            #expect(gate.sessions.count == 2)
        }
    }

    @Test("open the player page")
    func page() async throws {
        try await Self.run([.cookie]) { gate in
            let (target, fields) = Self.request(.cookie, try gate.token(playFor: .seconds(600)), path: "watch")
            let page = try await gate.get(target, fields)
            #expect(page.status == 200 && page.text.contains(#"data-manifest="manifest/video.m3u8""#))
            let expired = Self.request(.cookie, try gate.token(expires: .seconds(-1)), path: "watch")
            let refused = try await gate.get(expired.target, expired.fields)
            #expect(refused.denial == "expired" && refused.text.contains(Self.video))
        }
    }
}
