import StreamSigning
import Testing

@Suite("streamsign remote: from an old key to a new one")
struct RemoteRotateCommandTests {
    private static let old = #"""
        [{"id":"a1","created":"2026-01-01T00:00:00Z","name":"studio","enabled":true,"expires":null,\#
        "last_used":"2026-01-02T00:00:00Z","latest_expiry":"2026-01-03T00:00:00Z"},\#
        {"id":"b2","created":"2026-01-02T00:00:00Z","enabled":false},\#
        {"id":"c3","created":"2026-01-03T00:00:00Z","service_key":true,"enabled":true,\#
        "last_used":"2026-01-04T00:00:00Z","latest_expiry":"2026-01-05T00:00:00Z"}]
        """#

    @Test("rotate writes the new key, and says of each old one when it can go")
    func rotate() async throws {
        let created = try ClientFixture.createdResult()
        try await RemoteProgram.run([.result(Self.old), .result(created)]) { streamsign, server in
            let ended = try await streamsign("remote", "rotate", "--out", "next.json")
            #expect(ended.status == 0 && ended.stdout == "")
            #expect(streamsign.contents("next.json") == created + "\n")
            #expect(try streamsign.mode("next.json") == 0o600)
            let lines = ended.stderr.split(separator: "\n")
            #expect(lines.first?.hasPrefix("streamsign: wrote key \(try ClientFixture.key.get().id)") == true)
            #expect(
                lines.dropFirst() == [
                    "streamsign: next: streamsign token VIDEO --key next.json",
                    "streamsign: old key a1 studio: last used 2026-01-02T00:00:00Z; its URLs in use end by "
                        + "2026-01-03T00:00:00Z",
                    "streamsign: old key b2: not known to have been used",
                    "streamsign: the service's own key c3: leave it; deleting it ends what the service signed, sessions too",
                ])
            #expect(server.requests.map(\.method) == ["GET", "POST"])
        }
    }

    @Test("rotate makes no key whose file name is taken, nor if the old ones cannot be listed")
    func refused() async throws {
        try await RemoteProgram.run([.error(403, 9109, "no")]) { streamsign, server in
            try streamsign.write("mine", to: "key.json")
            #expect(try await streamsign("remote", "rotate", "--out", "key.json").status == 2)
            #expect(server.requests.isEmpty)
            #expect(try await streamsign("remote", "rotate", "--out", "next.json").status == 3)
            #expect(streamsign.contents("key.json") == "mine" && streamsign.contents("next.json") == nil)
            #expect(server.requests.map(\.method) == ["GET"])
        }
    }

    @Test("delete --unused-for says who still uses the key, and deletes it when nobody does")
    func unused() async throws {
        let reason = "the key is not deleted: it was last used or created at 2026-01-02T00:00:00Z"
        let key = Reply.result(#"{"id":"a1","created":"2026-01-01T00:00:00Z"}"#)
        let replies = [key, .error(409, 20012, reason), key, .result(#""Revoked""#)]
        try await RemoteProgram.run(replies) { streamsign, server in
            let early = try await streamsign("remote", "delete", "a1", "--unused-for", "24h")
            #expect(early.status == 3)
            #expect(early.stderr == "streamsign: api: 20012: \(reason) (status 409)\n")
            let done = try await streamsign("remote", "delete", "a1", "--unused-for", "24h")
            #expect(done.status == 0 && done.stderr.hasPrefix("streamsign: deleted key a1"))
            #expect(server.requests.map(\.method) == ["GET", "DELETE", "GET", "DELETE"])
            let deletions = server.requests.filter { $0.method == "DELETE" }
            #expect(deletions.allSatisfy { $0.path.hasSuffix("/stream/keys/a1/unused?for=1d") })
            #expect(try await streamsign("remote", "delete", "a1", "--unused-for", "soon").status == 2)
            #expect(server.requests.count == 4)
        }
    }

    @Test("list is a table in which each column begins at the same place")
    func table() async throws {
        try await RemoteProgram.run([.result(Self.old)]) { streamsign, _ in
            let ended = try await streamsign("remote", "list")
            #expect(
                ended.stdout == """
                    a1  2026-01-01T00:00:00Z  2026-01-02T00:00:00Z  2026-01-03T00:00:00Z  enabled                     studio
                    b2  2026-01-02T00:00:00Z  -                     -                     disabled                    -
                    c3  2026-01-03T00:00:00Z  2026-01-04T00:00:00Z  -                     enabled, the service's own  -

                    """)
        }
    }

    @Test("the service's own keys are marked in the JSON too, and no others")
    func json() async throws {
        try await RemoteProgram.run([.result(Self.old)]) { streamsign, _ in
            let ended = try await streamsign("remote", "list", "--json")
            let keys = ended.stdout.split(separator: "{").dropFirst()
            #expect(keys.map { $0.contains(#""service_key":true"#) } == [false, false, true])
            #expect(keys.map { $0.contains(#""service_key":false"#) } == [true, true, false], "and the others as none")
            #expect(keys.last?.contains("safe_to_delete_at") == false)
        }
    }

    @Test("a service that says nothing of single keys keeps nobody from deleting one", arguments: [404, 405, 403])
    func unknownOwner(_ status: Int) async throws {
        try await RemoteProgram.run([.error(status, 10003, "no"), .result(#""Revoked""#)]) { streamsign, server in
            let ended = try await streamsign("remote", "delete", "a1")
            #expect(ended.status == 0)
            #expect(server.requests.map(\.method) == ["GET", "DELETE"])
        }
    }
}
