import StreamSigning
import StreamSigningClient
import StreamSigningWire
import Testing

@Suite("Client: keys that are not used any more")
struct UnusedKeyTests {
    @Test("When a key was used, and when it can go, are read where a service says it")
    func read() async throws {
        let used = #"""
            {"id":"a1","key_id":"a1","created":"2026-01-01T00:00:00Z","name":null,"enabled":true,"expires":null,\#
            "last_used":"2026-01-02T00:00:00Z","latest_expiry":"2026-01-03T00:00:00Z",\#
            "safe_to_delete_at":"2026-01-03T00:00:00Z"}
            """#
        let unused = #"{"id":"a1","created":"2026-01-01T00:00:00Z","last_used":null,"latest_expiry":null}"#
        try await ScriptedServer.run([.result(used), .result(unused)]) { server, url in
            let client = try ClientFixture(url).client
            let key = try await client.key(KeyID("a1"))
            #expect(key.lastUsed?.description == "2026-01-02T00:00:00Z")
            #expect(key.latestExpiry?.description == "2026-01-03T00:00:00Z")
            #expect(key.safeToDeleteAt == key.latestExpiry)
            let other = try await client.key(KeyID("a1"))
            #expect(other.lastUsed == nil && other.latestExpiry == nil && other.safeToDeleteAt == nil)
        }
    }

    @Test("Times that are none are not read", arguments: ["last_used", "latest_expiry"])
    func unreadable(_ member: String) async throws {
        let key = #"{"id":"a1","created":"2026-01-01T00:00:00Z","\#(member)":"yesterday"}"#
        try await ScriptedServer.run([.result(key)]) { server, url in
            let client = try ClientFixture(url).client
            let error = try await failure { try await client.key(KeyID("a1")) }
            #expect(error?.description.contains("/result/\(member)") == true)
        }
    }

    @Test("A key that is in use is not deleted, and the error says when it was used")
    func guarded() async throws {
        let reason = "the key is not deleted: it was last used or created at 2026-01-02T00:00:00Z"
        let inUse = Reply.error(409, 20012, reason, headers: ["X-Should-Retry": "false"])
        try await ScriptedServer.run([.result(#""Revoked""#), .result(#""Revoked""#), inUse]) { server, url in
            let client = try ClientFixture(url).client
            try await client.deleteKey(KeyID("a/1"), unusedFor: .seconds(86_400))
            try await client.deleteKey(KeyID("a1"), unusedFor: .seconds(5_415), waitsForNodes: true)
            let error = try await failure { try await client.deleteKey(KeyID("a1"), unusedFor: .seconds(15)) }
            #expect(error?.hasErrorCode(.keyInUse) == true)
            #expect(error?.description.contains(reason) == true)
            let keys = "/client/v4/accounts/\(ClientFixture.account)/stream/keys"
            #expect(
                server.requests.map { "\($0.method) \($0.path)" } == [
                    "DELETE \(keys)/a%2F1/unused?for=1d", "DELETE \(keys)/a1/unused?for=1h30m15s&wait=nodes",
                    "DELETE \(keys)/a1/unused?for=15s",
                ])
        }
    }
}
