import StreamSigning
import StreamSigningClient
import StreamSigningWire
import Testing

@Suite("Client: revoke")
struct RevokeTests {
    private let path = "/client/v4/accounts/\(ClientFixture.account)/stream/revocations"

    private func revoke(
        _ replies: [Reply], _ requests: [RevocationRequest], waits: Bool = false
    ) async throws -> (revocations: [Revocation]?, error: ClientError?, requests: [ReceivedRequest]) {
        try await ScriptedServer.run(replies) { server, url in
            let client = try ClientFixture(url).client
            do throws(ClientError) {
                return (try await client.revoke(requests, waitsForNodes: waits), nil, server.requests)
            } catch {
                return (nil, error, server.requests)
            }
        }
    }

    private func viewer(_ id: String = "user-4711") throws -> RevocationRequest {
        RevocationRequest(try RevocationSubject(.viewer, id))
    }

    @Test("One is an object, with what is given and nothing else")
    func one() async throws {
        let (revocations, _, requests) = try await revoke([.result(SampleRevocation().json)], [try viewer()])
        let revocation = try #require(revocations?.first)
        #expect(revocation.subject == (try RevocationSubject(.viewer, "user-4711")))
        #expect(revocation.issuedBefore == 1_800_000_000 && revocation.until == 1_800_604_800)
        #expect(requests.map(\.method) == ["POST"] && requests.map(\.path) == [path])
        #expect(requests.map(\.body) == [#"{"viewer":"user-4711"}"#])
    }

    @Test("Several are an array, in order, each with all that it says")
    func several() async throws {
        let request = RevocationRequest(
            try RevocationSubject(.video, "v"), issuedBefore: 1_799_999_999, until: 1_800_000_060, reason: "a \"b\"")
        let tokens = try (0..<2).map { RevocationRequest(try RevocationSubject(.token, "t\($0)")) }
        let answer = SampleRevocation(subject: #""video":"v","issuedBefore":"2027-01-15T07:59:59Z""#)
        let result = [answer, .token(0), .token(1)].map(\.json).joined(separator: ",")
        let (revocations, error, requests) = try await revoke([.result("[\(result)]")], [request] + tokens)
        #expect(revocations?.map(\.subject.id) == ["v", "t0", "t1"], "\(error as Any)")
        #expect(
            requests.map(\.body) == [
                """
                [{"video":"v","issuedBefore":"2027-01-15T07:59:59Z","until":"2027-01-15T08:01:00Z","reason":"a \\"b\\""},\
                {"token":"t0"},{"token":"t1"}]
                """
            ])
    }

    @Test("No request is made for none, for more than 1,000, and to Cloudflare")
    func noRequest() async throws {
        #expect(try await revoke([], []).revocations == [])
        let (_, error, _) = try await revoke([], Array(repeating: try viewer(), count: 1_001))
        #expect(error?.code == .invalidArgument)
        let cloudflare = try StreamClient(account: "a", token: APIToken("t"))
        let id = try RevocationID.random()
        #expect(try await failure { try await cloudflare.revoke(try viewer()) }?.code == .unsupported)
        #expect(try await failure { try await cloudflare.revocations() }?.code == .unsupported)
        #expect(try await failure { try await cloudflare.revocation(id) }?.code == .unsupported)
        #expect(try await failure { try await cloudflare.liftRevocation(id) }?.code == .unsupported)
        #expect(try await failure { try await cloudflare.revocationSet() }?.code == .unsupported)
    }

    @Test("Waiting for the nodes is asked for")
    func waiting() async throws {
        let (_, _, requests) = try await revoke([.result(SampleRevocation().json)], [try viewer()], waits: true)
        #expect(requests.map(\.path) == [path + "?wait=nodes"])
    }

    @Test("The request at fault is named by the service")
    func refused() async throws {
        let reply = Reply(
            400, #"{"success":false,"errors":[{"code":10005,"message":"no","source":{"pointer":"/1/until"}}]}"#)
        let (_, error, requests) = try await revoke([reply], [try viewer(), try viewer()])
        #expect(error?.errors.first?.pointer == "/1/until" && requests.count == 1)
    }

    @Test("A broken connection is not followed by a second revocation")
    func broken() async throws {
        let (_, error, requests) = try await revoke([.closing], [try viewer()])
        #expect(error?.code == .connection && requests.count == 1)
    }

    @Test(
        "What is not a revocation is not taken for one",
        arguments: [
            "null", "{}", "[]", #"{"id":"9f86d081884c7d659a2feaa0c55ad015"}"#,
            SampleRevocation(id: "9F86d081884c7d659a2feaa0c55ad015").json, SampleRevocation(id: "1").json,
            SampleRevocation(subject: #""viewer":"a""#).json, SampleRevocation(subject: #""reason":"a""#).json,
            SampleRevocation(subject: #""viewer":"a","video":"b","issuedBefore":"2027-01-15T08:00:00Z""#).json,
            SampleRevocation(subject: #""token":"a","issuedBefore":"2027-01-15T08:00:00Z""#).json,
            SampleRevocation(subject: #""token":"a\nb""#).json, SampleRevocation(subject: #""token":7"#).json,
            SampleRevocation(until: "2027-01-15T08:00:00Z").json, SampleRevocation(until: "2028-01-17T08:00:00Z").json,
            SampleRevocation(until: "soon").json, "[\(SampleRevocation().json)]",
        ])
    func malformed(_ result: String) async throws {
        #expect(try await revoke([.result(result)], [try viewer()]).error?.code == .malformedAnswer)
    }

    @Test("As many must come back as were asked for", arguments: [0, 1, 3])
    func count(_ count: Int) async throws {
        let result = (0..<count).map { SampleRevocation.token($0).json }.joined(separator: ",")
        let (_, error, _) = try await revoke([.result("[\(result)]")], [try viewer(), try viewer()])
        #expect(error?.code == .malformedAnswer)
    }
}
