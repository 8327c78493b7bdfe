import StreamSigning
import StreamSigningClient
import StreamSigningWire
import Testing

@Suite("Client: revocations in force")
struct ListRevocationsTests {
    private let path = "/client/v4/accounts/\(ClientFixture.account)/stream/revocations"

    private func ask<Value: Sendable>(
        _ replies: [Reply], _ body: @Sendable (StreamClient) async throws -> Value
    ) async throws -> (value: Value?, error: ClientError?, requests: [ReceivedRequest]) {
        try await ScriptedServer.run(replies) { server, url in
            let client = try ClientFixture(url).client
            do {
                return (try await body(client), nil, server.requests)
            } catch let error as ClientError {
                return (nil, error, server.requests)
            }
        }
    }

    @Test("come in pages")
    func pages() async throws {
        let next = SampleRevocation.token(2).id
        let (page, error, requests) = try await ask([SampleRevocation.page([.token(3), .token(2)], after: next)]) {
            try await $0.revocations(limit: 2)
        }
        #expect(page?.revocations.map(\.subject.id) == ["t3", "t2"], "\(error as Any)")
        #expect(page?.after?.rawValue == next)
        #expect(requests.map(\.method) == ["GET"] && requests.map(\.path) == [path + "?limit=2"])
    }

    @Test("are looked for by subject, whatever its id holds, and from a place on")
    func query() async throws {
        let after = try RevocationID.random()
        let (page, _, requests) = try await ask([SampleRevocation.page([])]) {
            try await $0.revocations(of: RevocationSubject(.viewer, "a&b=é +/"), after: after)
        }
        #expect(page?.revocations == [] && page?.after == nil)
        #expect(requests.map(\.path) == [path + "?limit=100&after=\(after)&viewer=a%26b%3D%C3%A9%20%2B%2F"])
    }

    @Test("may be read one by one")
    func one() async throws {
        let id = try #require(RevocationID(SampleRevocation().id))
        let (revocation, _, requests) = try await ask([.result(SampleRevocation(reason: "why").json)]) {
            try await $0.revocation(id)
        }
        #expect(revocation?.reason == "why" && requests.map(\.path) == [path + "/\(id)"])
        #expect(try await ask([.notFound]) { try await $0.revocation(id) }.error?.hasErrorCode(.notFound) == true)
    }

    @Test("are lifted, and one that is gone after an attempt whose outcome is unknown is lifted")
    func lifting() async throws {
        let id = try RevocationID.random()
        let lifted = try await ask([.result("null")]) { try await $0.liftRevocation(id) }
        #expect(lifted.error == nil && lifted.requests.map(\.method) == ["DELETE"])
        #expect(lifted.requests.map(\.path) == [path + "/\(id)"])
        #expect(try await ask([.closing, .notFound]) { try await $0.liftRevocation(id) }.error == nil)
        let unknown = try await ask([.notFound]) { try await $0.liftRevocation(id) }
        #expect(unknown.error?.hasErrorCode(.notFound) == true)
    }

    @Test("make a set for a verifier, from all pages")
    func set() async throws {
        let (first, second) = ([SampleRevocation.token(3), .token(2)], [SampleRevocation.token(1)])
        let replies = [SampleRevocation.page(first, after: first[1].id), SampleRevocation.page(second)]
        let (set, error, requests) = try await ask(replies) { try await $0.revocationSet() }
        let revocations = try #require(set, "\(error as Any)")
        #expect(revocations.count == 3)
        #expect(requests.map(\.path) == [path + "?limit=1000", path + "?limit=1000&after=\(first[1].id)"])
        let key = try ClientFixture.key.get()
        let verifier = TokenVerifier(keys: try KeySet([key.verificationKey]), revocations: revocations)
        for (id, code): (String, Denial.Code?) in [("t1", .tokenRevoked), ("t3", .tokenRevoked), ("t4", nil)] {
            let claims = try PlaybackClaims(
                video: VideoID("v"), expires: ClientFixture.now + .seconds(60), id: id, issuedAt: ClientFixture.now)
            let token = try TokenSigner(key: key).sign(claims)
            let result = Result { () throws(Denial) in
                try verifier.verify(token, for: .insecureForAnyVideo(), at: ClientFixture.now)
            }
            if case .failure(let denial) = result { #expect(denial.code == code) } else { #expect(code == nil) }
        }
    }

    @Test("that do not end, or are no page, are an error")
    func malformed() async throws {
        let page = SampleRevocation.page([.token(1)], after: SampleRevocation.token(1).id)
        let endless = try await ask([page, page, page]) { try await $0.revocationSet() }
        #expect(endless.error?.code == .malformedAnswer && endless.requests.count == 2)
        let empty = try await ask([SampleRevocation.page([], after: SampleRevocation.token(1).id)]) {
            try await $0.revocationSet()
        }
        #expect(empty.error?.code == .malformedAnswer)
        for reply in [Reply.result("null"), .result("{}"), .result("[{}]"), SampleRevocation.page([], after: "1")] {
            #expect(try await ask([reply]) { try await $0.revocations() }.error?.code == .malformedAnswer)
        }
    }
}
