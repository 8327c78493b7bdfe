import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

/// A token that asks for sessions, at a gate with media and at one that answers proxies.
@Suite("Sessions at the gate")
struct SessionGateTests {
    private static let playlist = Array("#EXTM3U\n".utf8)

    private static func run(_ body: @Sendable (RunningGate) async throws -> Void) async throws {
        try await RunningGate.run { gate in
            for name in ["manifest/video.m3u8", "manifest/video.mpd", "manifest/1.ts", "list.m3u8"] {
                try gate.put(name, playlist)
            }
            try await body(gate)
        }
    }

    /// The path that a `Location` leads to from `/<token>/<path>`.
    private static func resolve(_ location: String?, depth: Int = 2) throws -> String {
        let location = try #require(location)
        let ascent = String(repeating: "../", count: depth)
        #expect(location.hasPrefix(ascent) && !location.dropFirst(ascent.count).hasPrefix("."))
        return "/" + location.dropFirst(ascent.count)
    }

    @Test("a manifest is answered with a redirect to itself under a session token", arguments: ["GET", "HEAD"])
    func redirect(method: String) async throws {
        try await Self.run { gate in
            let token = try gate.token(expires: .seconds(60), playFor: .seconds(600))
            let origin = [("Origin", "https://a.example")]
            for name in ["video.m3u8", "video.mpd", "video.m3u8?a=%2F&b", "%76ideo.m3u8"] {
                let answer = try await gate.get("/\(token)/manifest/\(name)", method: method, origin)
                #expect(answer.status == 302 && answer["cache-control"] == "no-store")
                #expect(answer["access-control-allow-origin"] == "*" && answer.denial == nil)
                let target = try Self.resolve(answer["location"])
                #expect(target.hasSuffix("/manifest/\(name)"))
                #expect(try await gate.get(target).body == Self.playlist)
            }
        }
    }

    @Test("nothing else is redirected")
    func served() async throws {
        try await Self.run { gate in
            let token = try gate.token(playFor: .seconds(600))
            for name in ["manifest/1.ts", "list.m3u8"] {
                #expect(try await gate.get("/\(token)/\(name)").status == 200, "\(name)")
            }
            #expect(try await gate.get("/\(token)/manifest/none.m3u8").status == 404)
            #expect(try await gate.get("/\(try gate.token())/manifest/video.m3u8").status == 200)
            #expect(gate.sessions.count == 0)
        }
    }

    @Test("a session goes on when its link has expired, ends in time, and leads to no other")
    func lifetime() async throws {
        try await Self.run { gate in
            let link = "/\(try gate.token(expires: .seconds(60), playFor: .seconds(600)))/manifest/video.m3u8"
            let target = try Self.resolve(await gate.get(link)["location"])
            gate.clock.advance(by: .seconds(60))
            #expect(try await gate.get(link).denial == "expired")
            #expect(try await gate.get(target).status == 200)
            gate.clock.advance(by: .seconds(539))
            #expect(try await gate.get(target).status == 200)
            gate.clock.advance(by: .seconds(1))
            #expect(try await gate.get(target).denial == "expired")
            #expect(gate.sessions.count == 1)
        }
    }

    @Test("a session ends with either of its keys, and with what revokes the first token")
    func ends() async throws {
        let video = RunningGate.video
        let endings: [(String, @Sendable (RunningGate) throws -> Void)] = [
            ("key_revoked", { $0.ring.revoke(try SigningKey.testKey.id, of: RunningGate.account) }),
            ("key_revoked", { $0.ring.revoke(try SigningSessions.key.id, of: RunningGate.account) }),
            (
                "key_disabled",
                {
                    $0.ring.set(
                        KeyState(isEnabled: false), of: try SigningKey.testKey.id, in: RunningGate.account,
                        at: ChangeNumber(rawValue: 7))
                }
            ),
            (
                "video_revoked",
                {
                    let request = RevocationRequest(try RevocationSubject(.video, video))
                    $0.ring.add(
                        [try request.revocation(id: .random(), at: $0.clock.now)], of: RunningGate.account,
                        at: ChangeNumber(rawValue: 7))
                }
            ),
        ]
        for (code, end) in endings {
            try await Self.run { gate in
                let link = "/\(try gate.token(playFor: .seconds(600)))/manifest/video.m3u8"
                let target = try Self.resolve(await gate.get(link)["location"])
                #expect(try await gate.get(target).status == 200)
                try end(gate)
                #expect(try await gate.get(target).denial == code)
            }
        }
    }

    @Test("rules are decided at each request of a session")
    func rules() async throws {
        try await Self.run { gate in
            let rules: [AccessRule] = [.allow(.countries(.gb)), .block(.any)]
            let link = "/\(try gate.token(rules: rules, playFor: .seconds(600)))/manifest/video.m3u8"
            #expect(try await gate.get(link, [("CF-IPCountry", "FR")]).denial == "blocked_by_rule")
            #expect(gate.sessions.count == 0)
            let target = try Self.resolve(await gate.get(link, [("CF-IPCountry", "GB")])["location"])
            #expect(try await gate.get(target, [("CF-IPCountry", "GB")]).status == 200)
            #expect(try await gate.get(target, [("CF-IPCountry", "FR")]).denial == "blocked_by_rule")
        }
    }

    @Test("another account's key has no sessions here")
    func otherAccount() async throws {
        try await Self.run { gate in
            let link = "/\(try gate.token(playFor: .seconds(600)))/manifest/video.m3u8"
            let target = try Self.resolve(await gate.get(link)["location"])
            #expect(try await gate.get(target).status == 200)
            // The same token at a gate that has the first token's key in another account.
            try await RunningGate.run(keys: []) { other in
                try other.put("manifest/video.m3u8", Self.playlist)
                other.ring.add(try SigningKey.testKey.verificationKey, of: Sample.account("other"))
                other.ring.add(try SigningSessions.key.verificationKey.signingSessions(), of: RunningGate.account)
                #expect(try await other.get(target).denial == "key_unknown")
            }
        }
    }

    @Test("if no session can be made, the player may try again; if the token is refused after all, it hears why")
    func unavailable() async throws {
        try await Self.run { gate in
            let token = try gate.token(playFor: .seconds(600))
            gate.sessions.fail(StoreError(.unavailable, "the node is away"))
            for target in ["/\(token)/manifest/video.m3u8", "/\(token)/watch"] {
                let answer = try await gate.get(target)
                #expect(answer.status == 503 && answer.denial == "session_unavailable" && answer["retry-after"] == "1")
                #expect(!answer.text.contains("the node is away"))
            }
            gate.sessions.fail(Denial(.keyRevoked, "gone"))
            #expect(try await gate.get("/\(token)/manifest/video.m3u8").denial == "key_revoked")
        }
    }

    @Test("a proxy is told where to send the player, in the form that it asks for")
    func authorize() async throws {
        try await RunningGate.run {
            $0.media = nil
        } body: { gate in
            let token = try gate.token(playFor: .seconds(600))
            let uri = ("X-Original-URI", "/\(token)/manifest/video.m3u8?a=b")
            let answer = try await gate.get("/authorize", [uri])
            #expect(answer.status == 302 && answer["location"] == answer["x-stream-signing-location"])
            let session = try Self.resolve(answer["location"])
            #expect(session.hasSuffix("/manifest/video.m3u8?a=b"))
            let other = try await gate.get("/authorize", [uri, ("X-Stream-Signing-Redirect", "401")])
            #expect(other.status == 401 && other["location"] == nil && other.denial == nil)
            _ = try Self.resolve(other["x-stream-signing-location"])
            let allowed = try await gate.get("/authorize", [("X-Original-URI", session)])
            #expect(allowed.status == 200 && allowed["x-stream-signing-video"] == RunningGate.video)
            #expect(try await gate.get("/authorize", [("X-Original-URI", "/\(token)/manifest/1.ts")]).status == 200)
            let inPath = try await gate.get("/authorize/\(token)/manifest/video.m3u8?a=b", method: "POST")
            #expect(inPath.status == 302 && inPath["location"]?.hasPrefix("../../") == true)
            gate.sessions.fail(StoreError(.unavailable, "away"))
            let failed = try await gate.get("/authorize", [uri])
            #expect(failed.status == 503 && failed.denial == "session_unavailable")
            #expect(failed["x-stream-signing-reason"]?.isEmpty == false)
        }
    }

    @Test("the player page plays in a session of its own", arguments: ["watch", "iframe"])
    func page(name: String) async throws {
        try await Self.run { gate in
            let token = try gate.token(expires: .seconds(60), playFor: .seconds(600))
            let page = try await gate.get("/\(token)/\(name)").text
            let manifest = try #require(page.firstMatch(of: /data-manifest="\.\.(\/[^"]+)"/)?.1)
            let end = gate.clock.now + .seconds(600)
            #expect(page.contains("Playback ends") && !page.contains("Link expires"))
            #expect(page.contains("data-expires=\"\(end)\""), "it counts down to the session's end")
            gate.clock.advance(by: .seconds(60))
            #expect(try await gate.get(String(manifest)).status == 200)
            #expect(try await gate.get("/\(token)/\(name)").denial == "expired")
        }
    }

    @Test(
        "a location is relative to the request, and visible ASCII",
        arguments: [
            ("/t/manifest/a.m3u8", "../../S/manifest/a.m3u8"),
            ("/t/manifest/x/a.m3u8?q", "../../../S/manifest/x/a.m3u8?q"),
            ("/t/a.m3u8", "../S/a.m3u8"), ("http://h/t/manifest/a.mpd", "../../S/manifest/a.mpd"),
            ("/t/manifest/é\r\n \u{1}.m3u8?\u{7F}%41", "../../S/manifest/%C3%A9%0D%0A%20%01.m3u8?%7F%41"),
        ])
    func location(target: String, expected: String) throws {
        try target.withBytes { bytes in
            let target = try #require(RequestTarget(bytes))
            #expect(SessionLocation(target).text(PlaybackToken(rawValue: "S")) == expected)
        }
    }
}
