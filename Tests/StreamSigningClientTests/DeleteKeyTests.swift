import StreamSigning
import StreamSigningClient
import Testing

@Suite("Client: delete")
struct DeleteKeyTests {
    private func delete(
        _ replies: [Reply], id: String = "5213cfa1"
    ) async throws -> (error: ClientError?, requests: [ReceivedRequest]) {
        try await ScriptedServer.run(replies) { server, url in
            let fixture = try ClientFixture(url)
            let error = try await failure { try await fixture.client.deleteKey(KeyID(id)) }
            return (error, server.requests)
        }
    }

    @Test("Whatever the result says, success is success", arguments: [#""Revoked""#, #""ok""#, "null", "{}"])
    func good(_ result: String) async throws {
        let (error, requests) = try await delete([.result(result)])
        #expect(error == nil)
        #expect(requests.map(\.method) == ["DELETE"])
        #expect(requests.map(\.path) == ["/client/v4/accounts/\(ClientFixture.account)/stream/keys/5213cfa1"])
    }

    @Test("An unknown key is an error")
    func unknown() async throws {
        let (error, requests) = try await delete([.notFound])
        #expect(error?.hasErrorCode(.notFound) == true)
        #expect(error?.description == "api: 10003: Not Found (status 404)")
        #expect(requests.count == 1)
    }

    @Test(
        "After an attempt whose outcome is unknown, an unknown key is a deleted one",
        arguments: [Reply.closing, .halfClosing, .truncated(.close), .error(500, 10001, "no"), Reply(502, "")])
    func unknownAfterAmbiguity(_ reply: Reply) async throws {
        let (error, requests) = try await delete([reply, .notFound])
        #expect(error == nil)
        #expect(requests.count == 2)
    }

    @Test(
        "After an attempt that was turned away, an unknown key is an error",
        arguments: [Reply.error(429, 20009, "no"), .error(503, 20008, "no", headers: ["Retry-After": "1"])])
    func unknownAfterRefusal(_ reply: Reply) async throws {
        let (error, requests) = try await delete([reply, .notFound])
        #expect(error?.hasErrorCode(.notFound) == true)
        #expect(requests.count == 2)
    }

    @Test("Only the API's own code counts as deleted, not any 404")
    func otherNotFound() async throws {
        let (error, _) = try await delete([.closing, .error(404, 7003, "Could not route")])
        #expect(error?.code == .api)
        let (page, _) = try await delete([.closing, Reply(404, "<html>", type: "text/html")])
        #expect(page?.code == .api)
    }

    @Test("An id is one segment of the path, whatever it holds")
    func escaping() async throws {
        let (error, requests) = try await delete([.result("null")], id: "a/../b?c#d%é ")
        #expect(error == nil)
        #expect(requests.first?.path.hasSuffix("/stream/keys/a%2F..%2Fb%3Fc%23d%25%C3%A9%20") == true)
        for id in [".", ".."] {
            let (error, requests) = try await delete([], id: id)
            #expect(error?.code == .invalidArgument)
            #expect(requests.isEmpty)
        }
    }
}
