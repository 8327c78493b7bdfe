import StreamSigning
import StreamSigningClient
import Testing

@Suite("Client: published keys")
struct KeySetTests {
    @Test("An account's keys are fetched without the credential")
    func account() async throws {
        let key = try ClientFixture.key.get()
        let jwks = try KeySet([key.verificationKey]).jwks()
        try await ScriptedServer.run([Reply(200, jwks, type: "application/jwk-set+json")]) { server, url in
            let keys = try await ClientFixture(url).client.keySet()
            #expect(keys[key.id] == key.verificationKey)
            let request = try #require(server.requests.first)
            #expect(request.path == "/client/v4/accounts/\(ClientFixture.account)/stream/keys/jwks.json")
            #expect(request.headers["authorization"] == nil)
        }
    }

    @Test("What is no set of keys is not taken for one", arguments: ["{}", "", "<html>", #"{"keys":{}}"#])
    func malformed(_ body: String) async throws {
        try await ScriptedServer.run([Reply(200, body)]) { _, url in
            let error = try await failure { try await ClientFixture(url).client.keySet() }
            #expect(error?.code == .malformedAnswer)
        }
    }

    @Test("A download is the body as it is, from any path and with a query")
    func download() async throws {
        try await ScriptedServer.run([Reply(200, "any text", type: "text/plain")]) { server, url in
            let download = try KeySetDownload(url: "\(url)/keys.json?v=1")
            #expect(try await download.contents() == Array("any text".utf8))
            #expect(server.requests.first?.path == "/client/v4/keys.json?v=1")
            #expect(server.requests.first?.headers["authorization"] == nil)
        }
    }

    @Test(
        "A download that fails says why, and is not tried again",
        arguments: [
            (Reply.notFound, "api: 10003: Not Found (status 404)"),
            (
                Reply(500, "<html>", type: "text/html"),
                "api: the service answered (text/html) without saying why (status 500)"
            ),
            (
                Reply(302, "", type: nil, headers: ["Location": "https://b.example/"]),
                "api: the service redirects to https://b.example/, which is not followed: give the address that is meant (status 302)"
            ),
            (Reply(304, "", type: nil), "api: the service answered without saying why (status 304)"),
            (.closing, "connection: the connection broke: the service closed it before its answer was complete"),
            (.silence, "timeout: no whole answer in time"),
            (.truncated(.silence), "timeout: no whole answer in time"),
            (Reply(200, String(repeating: " ", count: 5 << 20)), "too_large: the answer has more than 4 MiB"),
        ])
    func failing(_ reply: Reply, _ description: String) async throws {
        try await ScriptedServer.run([reply]) { server, url in
            var pauses = Pauses()
            pauses.deadline = { _ in try await server.waitForSilence() }
            let download = try KeySetDownload(url: url, timeout: .seconds(60), pauses: pauses)
            let error = try await failure { try await download.contents() }
            // What the service did not say itself names the service.
            let named = description + (description.hasPrefix("api") ? "" : " (http://127.0.0.1:")
            #expect(error?.description.hasPrefix(named) == true)
            #expect(server.requests.count == 1)
        }
    }
}
