import StreamSigning
import StreamSigningClient
import Testing

@Suite("Client: connections and arguments")
struct ConnectionTests {
    @Test("A port that does not speak TLS is a matter of TLS, and not tried again")
    func tls() async throws {
        try await ScriptedServer.run([], greeting: "SSH-2.0-OpenSSH_9.2\r\n") { server, url in
            let fixture = try ClientFixture(url.replacing("http:", with: "https:"))
            let error = try await failure { try await fixture.client.listKeys() }
            #expect(error?.code == .tls, "\(error as Any)")
            #expect(error?.reason.contains("does not speak TLS") == true)
            #expect(error?.attempts == 1)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("A name that does not exist")
    func unknownName() async throws {
        let fixture = try ClientFixture("http://no-such-host.invalid", retry: .never)
        let error = try await failure { try await fixture.client.createKey() }
        #expect(error?.code == .connection)
        #expect(error?.reason == "the name no-such-host.invalid cannot be resolved")
    }

    @Test("A cancelled task ends its request")
    func cancelled() async throws {
        try await ScriptedServer.run([.silence]) { server, url in
            let client = try ClientFixture(url).client
            let task = Task { try await failure { try await client.listKeys() } }
            while server.requests.isEmpty { await Task.yield() }
            task.cancel()
            #expect(try await task.value?.code == .cancelled)
        }
    }

    @Test("Connections are used again, also by many at once")
    func concurrent() async throws {
        try await ScriptedServer.run(Array(repeating: .result("null"), count: 200)) { server, url in
            let client = try ClientFixture(url).client
            try await withThrowingTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask {
                        for _ in 0..<10 {
                            let keys = try await client.listKeys()
                            #expect(keys.isEmpty)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(server.requests.count == 200)
        }
    }

    @Test(
        "What cannot be a base URL is refused at once, and its name or password not repeated",
        arguments: [
            "", "api.example", "ftp://api.example", "https://", "https:///client", "file:///etc/passwd",
            "https://user:geheim@api.example", "https://api.example/?a=b", "https://api.example/#a", "https://a b/",
        ])
    func baseURL(_ text: String) throws {
        let error = #expect(throws: ClientError.self) {
            try StreamClient(account: "a", token: APIToken("t"), configuration: ClientConfiguration(baseURL: text))
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.reason.contains("geheim") == false)
    }

    @Test("A slash behind the base URL changes nothing")
    func trailingSlash() async throws {
        try await ScriptedServer.run([.result("null")]) { server, url in
            _ = try await ClientFixture(url + "//").client.listKeys()
            #expect(server.requests.first?.path == "/client/v4/accounts/\(ClientFixture.account)/stream/keys")
        }
    }

    @Test(
        "What cannot be an account is refused",
        arguments: ["", "a/b", "..", "a b", "é", String(repeating: "a", count: 65)])
    func account(_ text: String) throws {
        let error = #expect(throws: ClientError.self) { try StreamClient(account: text, token: APIToken("t")) }
        #expect(error?.code == .invalidArgument)
    }

    @Test(
        "What cannot stand in a header is no API token, and is not repeated",
        arguments: ["", " \n", "ab\r\ncd", "é", "a b"])
    func token(_ text: String) throws {
        let error = #expect(throws: ClientError.self) { try APIToken(text) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.description.contains("ab") == false)
    }

    @Test("No description shows a credential")
    func descriptions() throws {
        let token = try APIToken(" \(ClientFixture.tokenText)\n")
        let client = try StreamClient(account: "a", token: token)
        var dumped = ""
        dump(client, to: &dumped)
        dump(token, to: &dumped)
        for text in ["\(token)", String(reflecting: token), "\(client)", String(reflecting: client), dumped] {
            #expect(
                !text.contains("e2c91c"),
                "the last part of the credential; other words are in what AsyncHTTPClient shows of itself")
        }
        #expect("\(token)" == "APIToken(18 bytes)")
    }
}
