import StreamSigning
import StreamSigningClient
import Testing

@Suite("Client: pauses")
struct RetryPolicyTests {
    @Test("Pauses double up to the longest")
    func doubling() async throws {
        var policy = RetryPolicy()
        policy.maximumRetries = 7
        let pauses = try await ScriptedServer.run(Array(repeating: .closing, count: 8)) { server, url in
            let fixture = try ClientFixture(url, retry: policy)
            let error = try await failure { try await fixture.client.listKeys() }
            #expect(error?.attempts == 8)
            #expect(server.requests.count == 8)
            return fixture.pauses
        }
        #expect(pauses == [0.5, 1, 2, 4, 8, 8, 8].map { .seconds($0) })
    }

    @Test("No retries is one attempt")
    func never() async throws {
        try await ScriptedServer.run([.closing]) { server, url in
            let fixture = try ClientFixture(url, retry: .never)
            let error = try await failure { try await fixture.client.listKeys() }
            #expect(error?.attempts == 1)
            #expect(server.requests.count == 1)
        }
    }

    @Test(
        "Retry-After in seconds or as a date; anything else is no reason to wait",
        arguments: [
            ("3", Duration.seconds(3)), ("60", .seconds(60)), ("Fri, 15 Jan 2027 08:00:10 GMT", .seconds(10)),
            ("Fri, 15 Jan 2027 07:00:00 GMT", .milliseconds(500)), ("soon", .milliseconds(500)),
            ("-1", .milliseconds(500)), ("1.5", .milliseconds(500)), ("", .milliseconds(500)),
            ("Fri, 15 Foo 2027 08:00:10 GMT", .milliseconds(500)), ("61", nil), ("99999999999999999999", nil),
            ("Sat, 16 Jan 2027 08:00:10 GMT", nil),
        ] as [(String, Duration?)])
    func retryAfter(_ text: String, _ pause: Duration?) async throws {
        let busy = Reply.error(429, 20009, "busy", headers: ["Retry-After": text])
        try await ScriptedServer.run([busy, .result("null")]) { server, url in
            let fixture = try ClientFixture(url)
            let error = try await failure { try await fixture.client.listKeys() }
            #expect(fixture.pauses == (pause.map { [$0] } ?? []))
            #expect(error?.status == (pause == nil ? 429 : nil))
            #expect(server.requests.count == (pause == nil ? 1 : 2))
        }
    }
}
