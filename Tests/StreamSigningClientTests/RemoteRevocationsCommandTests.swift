import Testing

@Suite("streamsign remote revocations, restore")
struct RemoteRevocationsCommandTests {
    private static let newest = SampleRevocation(reason: "a b")
    private static let oldest = SampleRevocation.token(1)
    private static let first = SampleRevocation.page([newest], after: newest.id)
    private static let mark = #"{"partial":true}"#

    /// What a command writes, and what `verify` makes of it.
    struct Row: Sendable, CustomTestStringConvertible {
        let options: [String]
        let replies: [Reply]
        let json: String
        let isWhole: Bool
        var testDescription: String { "\(options) \(json)" }
    }

    private static let rows = [
        Row(
            options: ["--viewer", "user-4711"], replies: [SampleRevocation.page([newest])],
            json: "[\(newest.json),\(mark)]", isWhole: false),
        Row(options: ["--viewer", "x"], replies: [SampleRevocation.page([])], json: "[\(mark)]", isWhole: false),
        Row(options: ["--limit", "1"], replies: [first], json: "[\(newest.json),\(mark)]", isWhole: false),
        Row(
            options: ["--limit", "2"], replies: [first, SampleRevocation.page([oldest], after: oldest.id)],
            json: "[\(newest.json),\(oldest.json),\(mark)]", isWhole: false),
        Row(
            options: ["--limit", "9"], replies: [first, SampleRevocation.page([oldest])],
            json: "[\(newest.json),\(oldest.json)]", isWhole: true),
        Row(
            options: [], replies: [first, SampleRevocation.page([oldest], isPartial: true)],
            json: "[\(newest.json),\(oldest.json)]", isWhole: true),
        Row(
            options: [], replies: [SampleRevocation.page([newest], isPartial: true)],
            json: "[\(newest.json),\(mark)]", isWhole: false),
        Row(options: [], replies: [SampleRevocation.page([])], json: "[]", isWhole: true),
        Row(options: [], replies: [first, SampleRevocation.page([])], json: "[\(newest.json)]", isWhole: true),
    ]

    @Test("revocations, as lines and as an array that verify reads")
    func list() async throws {
        let samples = [SampleRevocation(reason: "a b"), .token(1)]
        let next = SampleRevocation.page([samples[0]], after: samples[0].id)
        let replies = [next, SampleRevocation.page([samples[1]]), next, SampleRevocation.page([samples[1]])]
        try await RemoteProgram.run(replies + [SampleRevocation.page([]), next]) { streamsign, server in
            let lines = try await streamsign("remote", "revocations")
            #expect(
                lines.stdout == """
                    \(samples[0].id)  2027-01-22T08:00:00Z  2027-01-15T08:00:00Z  viewer user-4711  a b
                    \(samples[1].id)  2027-01-22T08:00:00Z  -                     token t1

                    """)
            let json = try await streamsign("remote", "revocations", "--json")
            #expect(json.stdout == "[\(samples[0].json),\(samples[1].json)]\n")
            let none = try await streamsign("remote", "revocations", "--json", "--viewer", "a b")
            #expect(none.stdout == "[{\"partial\":true}]\n" && none.status == 0)
            #expect(server.requests.last?.path.hasSuffix("?limit=1000&viewer=a%20b") == true)
            let limited = try await streamsign("remote", "revocations", "--limit", "1")
            #expect(limited.stdout.split(separator: "\n").count == 1)
            #expect(server.requests.last?.path.hasSuffix("?limit=1") == true)
        }
    }

    @Test("revocations that are not all say so at the end of their JSON, and verify refuses them", arguments: rows)
    func marked(_ row: Row) async throws {
        try await RemoteProgram.run(row.replies) { streamsign, _ in
            try streamsign.write(ClientFixture.createdResult(), to: "key.json")
            let saved = try await streamsign.run(["remote", "revocations", "--json"] + row.options)
            #expect(saved.status == 0 && saved.stdout == row.json + "\n")
            #expect(saved.stderr.contains("this list is not complete") != row.isWhole)
            try streamsign.write(saved.stdout, to: "saved.json")
            // Whatever is to be verified, the list is read first.
            let verified = try await streamsign(
                "verify", "a.b.c", "--keys", "key.json", "--revocations", "saved.json")
            #expect(verified.status == (row.isWhole ? 1 : 2), "\(verified.stderr)")
            #expect(verified.stderr.contains("not a complete list of revocations") != row.isWhole)
        }
    }

    @Test(
        "revocations are a failure if the service says that there is a next page and leads to none",
        arguments: [
            ([], [SampleRevocation.page([], after: newest.id)]), ([], [first, first]),
            (["--json"], [SampleRevocation.page([], after: newest.id)]), (["--json"], [first, first]),
        ])
    func endless(_ options: [String], _ replies: [Reply]) async throws {
        try await RemoteProgram.run(replies) { streamsign, server in
            let ended = try await streamsign.run(["remote", "revocations"] + options)
            #expect(ended.status == 3 && ended.stderr.contains("the list of revocations has no end"))
            #expect(!ended.stdout.contains("]") && server.requests.count == replies.count)
        }
    }

    @Test("restore, and what the service says against it")
    func restore() async throws {
        let id = SampleRevocation().id
        try await RemoteProgram.run([.result("null"), .notFound]) { streamsign, server in
            let lifted = try await streamsign("remote", "restore", id, "--wait")
            #expect(lifted.status == 0 && lifted.stdout == "")
            #expect(lifted.stderr.hasPrefix("streamsign: lifted revocation \(id)"))
            let again = try await streamsign("remote", "restore", id)
            #expect(again.status == 3)
            #expect(
                again.stderr.hasPrefix(
                    "streamsign: the account has no revocation \(id) in force: api: 10003: Not Found (status 404)\n"))
            #expect(server.requests.map(\.method) == ["DELETE", "DELETE"])
            #expect(server.requests.map(\.path).map { $0.hasSuffix("/\(id)?wait=nodes") } == [true, false])
            #expect(try await streamsign("remote", "restore", "nonsense").status == 2)
            let capital = try await streamsign("remote", "restore", id.uppercased())
            #expect(capital.status == 2 && capital.stderr.contains("in lower case"), "it has 32 hexadecimal digits")
        }
    }
}
