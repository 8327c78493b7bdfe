import StreamSigning
import StreamSigningClient
import Testing

@Suite("Client: create")
struct CreateKeyTests {
    /// Plays the replies to one create.
    private func create(
        _ replies: [Reply]
    ) async throws -> (error: ClientError?, requests: Int, pauses: [Duration]) {
        try await ScriptedServer.run(replies) { server, url in
            let fixture = try ClientFixture(url)
            let error = try await failure { try await fixture.client.createKey() }
            return (error, server.requests.count, fixture.pauses)
        }
    }

    @Test("Cloudflare's answer is read, and its text kept")
    func good() async throws {
        let result = try ClientFixture.createdResult()
        let (created, requests) = try await ScriptedServer.run([.result(result)]) { server, url in
            (try await ClientFixture(url).client.createKey(), server.requests)
        }
        let key = try ClientFixture.key.get()
        #expect(created.key == key)
        #expect(created.id == key.id)
        #expect(created.created.seconds == 1_623_791_214)
        #expect(created.material.reveal() == result)
        #expect(requests.count == 1)
        #expect(requests.first?.method == "POST")
        #expect(requests.first?.path == "/client/v4/accounts/\(ClientFixture.account)/stream/keys")
        #expect(requests.first?.headers["authorization"] == "Bearer \(ClientFixture.tokenText)")
        #expect(requests.first?.headers["content-length"] == "0")
        #expect(requests.first?.body == "")
    }

    @Test("Unknown members, white space and a wrong content type do not lose a key")
    func tolerance() async throws {
        let result = try ClientFixture.createdResult().dropLast() + #", "label": {"a": [1, null]} }"#
        let body = #"{ "success" : true , "messages": [], "extra": 1, "result" : \#(result) }"#
        for type in ["text/plain", nil] {
            let created = try await ScriptedServer.run([Reply(200, body, type: type)]) { _, url in
                try await ClientFixture(url).client.createKey()
            }
            #expect(created.key == (try ClientFixture.key.get()))
            #expect(try SigningKey(importing: created.material.reveal()) == created.key)
        }
    }

    @Test(
        "What may have been carried out is not repeated",
        arguments: [
            (Reply.error(500, 10001, "no"), "api"), (.error(503, 20008, "no"), "api"),
            (.error(408, 20006, "no"), "api"),
            (.error(503, 20008, "no", headers: ["Retry-After": "soon"]), "api"), (Reply(502, "bad gateway"), "api"),
            (.error(400, 10005, "no"), "api"), (.error(409, 20001, "no", headers: ["Retry-After": "1"]), "api"),
            (.closing, "connection"), (.halfClosing, "connection"), (.truncated(.close), "connection"),
            (Reply(bytes: Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), .close), "connection"),
        ])
    func notRepeated(_ reply: Reply, _ code: String) async throws {
        let (error, requests, pauses) = try await create([reply])
        #expect(error?.code.rawValue == code)
        #expect(requests == 1)
        #expect(pauses.isEmpty)
        if code == "connection" {
            #expect(error?.reason.contains("whether the service acted on it is not known") == true)
        }
    }

    @Test(
        "No answer, or half of one, is a timeout and is not repeated",
        arguments: [Reply.silence, .truncated(.silence)])
    func timeout(_ reply: Reply) async throws {
        try await ScriptedServer.run([reply]) { server, url in
            let fixture = try ClientFixture(url, impatience: { try await server.waitForSilence() })
            let error = try await failure { try await fixture.client.createKey() }
            #expect(error?.code == .timeout)
            #expect(server.requests.count == 1)
        }
    }

    @Test(
        "What was turned away is sent again, after the time that was asked for",
        arguments: [
            (429, ["Retry-After": "7"], Duration.seconds(7)), (503, ["Retry-After": "2"], .seconds(2)),
            (429, [:], .milliseconds(500)), (429, ["Retry-After": "0"], .milliseconds(500)),
            (429, ["Retry-After": "Fri, 15 Jan 2027 08:00:30 GMT"], .seconds(30)),
        ])
    func turnedAway(_ status: Int, _ headers: [String: String], _ pause: Duration) async throws {
        let busy = Reply.error(status, 20009, "slow down", headers: headers)
        let (error, requests, pauses) = try await create([busy, .result(try ClientFixture.createdResult())])
        #expect(error == nil)
        #expect(requests == 2)
        #expect(pauses == [pause])
    }

    @Test("Longer than we are willing to wait is an error that says how long")
    func longRetryAfter() async throws {
        let (error, requests, pauses) = try await create([
            .error(429, 20009, "slow down", headers: ["Retry-After": "300"])
        ])
        #expect(error?.retryAfter == .seconds(300))
        #expect(error?.description == "api: 20009: slow down (status 429, asks to wait 300 s)")
        #expect(requests == 1)
        #expect(pauses.isEmpty)
    }

    @Test("A refused connection is tried again: nothing was sent")
    func refused() async throws {
        let server = ScriptedServer([.result(try ClientFixture.createdResult())])
        let port = try await server.start()
        try await server.stop()
        let fixture = try ClientFixture(
            "http://127.0.0.1:\(port)", whileWaiting: { try await server.start(port: port) })
        let created = try await fixture.client.createKey()
        #expect(created.key == (try ClientFixture.key.get()))
        #expect(server.requests.count == 1)
        #expect(fixture.pauses == [.milliseconds(500)])
        try await server.stop()
    }

    @Test("A refused connection is given up in the end")
    func refusedAlways() async throws {
        let fixture = try ClientFixture("http://127.0.0.1:\(unusedPort)")
        let error = try await failure { try await fixture.client.createKey() }
        #expect(error?.code == .connection)
        #expect(error?.attempts == 4)
        #expect(error?.description.contains(", 4 attempts)") == true, "\(error as Any)")
        #expect(fixture.pauses == [.milliseconds(500), .seconds(1), .seconds(2)])
    }

    @Test(
        "An answer that cannot be read is kept: the key in it exists only once",
        arguments: ["not JSON", #"{"success":true}"#, #"{"success":true,"result":{"id":"a","pem":1}}"#, "[]", ""])
    func unread(_ body: String) async throws {
        let (error, requests, _) = try await create([Reply(200, body, type: "text/html")])
        #expect(error?.code == .malformedAnswer)
        #expect(error?.unreadAnswer?.reveal() == body)
        #expect(error?.reason.hasPrefix("the answer (text/html) is not the API's: ") == true)
        #expect(requests == 1)
    }

    @Test("A key whose id is not its own is refused, and kept")
    func inconsistent() async throws {
        let result = try ClientFixture.createdResult().replacing("5213cfa121f70b8c", with: "0000000000000000")
        let (error, _, _) = try await create([.result(result)])
        #expect(error?.code == .malformedAnswer)
        #expect(error?.unreadAnswer != nil)
        #expect(error?.description.contains("inconsistent") == true)
        #expect(!"\(error as Any)".contains("LS0t"))
    }
}
