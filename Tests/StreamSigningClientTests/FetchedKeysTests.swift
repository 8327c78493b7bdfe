import StreamSigning
import Testing

@Suite("streamsign verify --keys URL")
struct FetchedKeysTests {
    @Test("Keys are fetched", arguments: ["verify", "explain"])
    func fetched(_ command: String) async throws {
        let key = try ClientFixture.key.get()
        let video = try VideoID("ea95132c")
        let token = try TokenSigner(key: key).sign(PlaybackClaims(video: video, expires: 4_000_000_000))
        let jwks = try KeySet([key.verificationKey]).jwks()
        try await RemoteProgram.run([Reply(200, jwks), Reply(200, #"{"keys":[]}"#)]) { streamsign, server in
            let url = try #require(streamsign.environment["STREAMSIGN_API_URL"]) + "/jwks.json"
            let good = try await streamsign(command, token.rawValue, "--keys", url, "--video", "ea95132c")
            #expect(good.status == 0, "\(good.stderr)")
            let unknown = try await streamsign(command, token.rawValue, "--keys", url, "--video", "ea95132c")
            #expect(unknown.status == 1)
            #expect(unknown.stderr.hasPrefix("streamsign: key_unknown: "))
            #expect(server.requests.allSatisfy { $0.headers["authorization"] == nil })
        }
    }

    @Test(
        "A fetch that fails is a failure of the service, and what is fetched may be no key",
        arguments: [
            (Reply.notFound, Int32(3), ": api: 10003: Not Found (status 404)"), (.closing, 3, ": connection: "),
            (Reply(200, "<html>"), 2, ": an HTML page, not a key"), (Reply(200, ""), 2, ": it is empty"),
        ])
    func failing(_ reply: Reply, _ status: Int32, _ text: String) async throws {
        try await RemoteProgram.run([reply]) { streamsign, _ in
            let url = try #require(streamsign.environment["STREAMSIGN_API_URL"])
            let ended = try await streamsign("verify", "a.b.c", "--keys", url)
            #expect(ended.status == status)
            #expect(ended.stderr.hasPrefix("streamsign: \(url)\(text)"), "\(ended.stderr)")
        }
    }
}
