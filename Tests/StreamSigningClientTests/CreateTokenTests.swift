import StreamSigning
import StreamSigningClient
import Testing

@Suite("Client: token")
struct CreateTokenTests {
    private func body(_ terms: TokenTerms, key: SigningKey? = nil) async throws -> String? {
        try await ScriptedServer.run([.result(#"{"token":"a.b.c"}"#)]) { server, url in
            let client = try ClientFixture(url).client
            let token = try await client.createToken(for: VideoID("ea95132c"), terms: terms, signedWith: key)
            #expect(token.rawValue == "a.b.c")
            #expect(
                server.requests.first?.path == "/client/v4/accounts/\(ClientFixture.account)/stream/ea95132c/token")
            return server.requests.first?.body
        }
    }

    @Test("What is not given is not sent")
    func defaults() async throws {
        #expect(try await body(TokenTerms()) == "{}")
    }

    @Test("All terms")
    func all() async throws {
        let terms = TokenTerms(
            expires: 1_800_003_600, notBefore: 1_800_000_000, isDownloadable: true,
            rules: [.allow(.countries(try CountryCode("GB"))), .block(.any)], wantsOriginal: true)
        #expect(
            try await body(terms) == """
                {"exp":1800003600,"nbf":1800000000,"downloadable":true,"accessRules":[\
                {"type":"ip.geoip.country","action":"allow","country":["GB"]},{"type":"any","action":"block"}],\
                "flags":{"original":true}}
                """)
    }

    @Test("Claims of our own, but for the time of signing, which is the service's")
    func additions() async throws {
        let terms = TokenTerms(id: "auto", issuedAt: 1_800_000_000, viewer: "u \"17\"", playFor: .seconds(10_800))
        #expect(try await body(terms) == #"{"jti":"auto","viewer":"u \"17\"","playFor":10800}"#)
    }

    @Test("Times go out in whole seconds")
    func rounded() async throws {
        let terms = TokenTerms(expires: NumericDate(1_800_003_600) + .milliseconds(999))
        #expect(try await body(terms) == #"{"exp":1800003600}"#)
    }

    @Test("A key to sign with goes along in Stream's form")
    func key() async throws {
        let key = try ClientFixture.key.get()
        let pem = try key.streamPEM().reveal()
        #expect(try await body(TokenTerms(), key: key) == #"{"id":"\#(key.id)","pem":"\#(pem)"}"#)
    }

    @Test("A token request is not repeated blindly", arguments: [Reply.closing, .error(500, 10001, "no")])
    func notRepeated(_ reply: Reply) async throws {
        try await ScriptedServer.run([reply]) { server, url in
            let client = try ClientFixture(url).client
            let error = try await failure { try await client.createToken(for: VideoID("ea95132c")) }
            #expect(error != nil)
            #expect(server.requests.count == 1)
        }
    }

    @Test(
        "What is no token is refused",
        arguments: [
            "null", "{}", #"{"token":""}"#, #"{"token":1}"#,
            #"{"token":"\#(String(repeating: "x", count: 9000))"}"#,
        ])
    func malformed(_ result: String) async throws {
        try await ScriptedServer.run([.result(result)]) { _, url in
            let client = try ClientFixture(url).client
            let error = try await failure { try await client.createToken(for: VideoID("ea95132c")) }
            #expect(error?.code == .malformedAnswer)
        }
    }
}
