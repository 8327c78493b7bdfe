#if Client
    import StreamSigning
    import StreamSigningClient
    import Testing

    @Suite("Client: README.md")
    struct ReadmeTests {
        private let account = ClientFixture.account
        private let credential = ClientFixture.tokenText
        private let video: VideoID

        init() throws {
            video = try VideoID("ea95132c15732412d22c1476fa83f27a")
        }

        /// scripts/check-readme compares these lines with those in README.md.
        private func example(_ baseURL: String) async throws -> (TokenSigner, PlaybackToken) {
            let configuration = ClientConfiguration(baseURL: baseURL)  // without it: Cloudflare's own API
            let client = try StreamClient(account: account, token: APIToken(credential), configuration: configuration)
            let created = try await client.createKey()  // shown this once: store created.material
            let signer = TokenSigner(key: created.key)  // signs here, without asking the service again
            let token = try await client.createToken(for: video)  // or has the service sign with a key of its own
            try await client.deleteKey(created.id)  // ends every URL that this key signed
            return (signer, token)
        }

        @Test("Its example creates a key, has a token signed, and deletes the key")
        func example() async throws {
            let id = try ClientFixture.key.get().id
            let replies: [Reply] = [
                .result(try ClientFixture.createdResult()), .result(#"{"token":"a.b.c"}"#), .result(#""Revoked""#),
            ]
            try await ScriptedServer.run(replies) { server, url in
                let (signer, token) = try await example(url)
                let signed = try signer.sign(PlaybackClaims(video: video, expires: ClientFixture.now))
                #expect(try UnverifiedToken(readingWithoutVerification: signed.rawValue).unverifiedKeyID == id.rawValue)
                #expect(token.rawValue == "a.b.c")
                let stream = "/client/v4/accounts/\(account)/stream"
                let paths = ["\(stream)/keys", "\(stream)/\(video)/token", "\(stream)/keys/\(id)"]
                #expect(server.requests.map(\.path) == paths)
                #expect(server.requests.map(\.method) == ["POST", "POST", "DELETE"])
            }
        }
    }
#endif
