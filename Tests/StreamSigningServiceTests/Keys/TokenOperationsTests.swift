import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningWire
import Testing

@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("Operations that sign tokens")
struct TokenOperationsTests {
    private static let video = "ea95132c15732412d22c1476fa83f27a"
    private static let day = Duration.seconds(24 * 3600)

    /// What a token says, once a verifier has accepted it.
    private static func claims(_ token: PlaybackToken, _ service: OperationsFixture) async throws -> PlaybackClaims {
        let keys = try KeySet(await service.store.verificationKeys(of: service.account))
        let request = PlaybackRequest(video: try VideoID(video))
        return try TokenVerifier(keys: keys).verify(token, for: request, at: service.clock.now).claims
    }

    @Test("use the account's own key and valid times of an hour each way, unless told otherwise")
    func defaults() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            service.clock.advance(by: .milliseconds(1_500))
            let token = try await service.operations.token(
                for: Self.video, TokenRequest(terms: TokenTerms()), in: service.account)
            let claims = try await Self.claims(token, service)
            #expect(claims.expires == Sample.time + .seconds(3_601))
            #expect(claims.notBefore == Sample.time - .seconds(3_599))
            #expect(try await service.store.serviceKeys(of: service.account).map(\.id) == [SigningKey.testKey.id])
        }
    }

    @Test(
        "sign for the time from the next second to 24 hours ahead",
        arguments: [
            (Duration.zero, false), (.seconds(1), true), (day, true), (day + .seconds(1), false),
        ])
    func expiry(ahead: Duration, isAccepted: Bool) async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let request = TokenRequest(terms: TokenTerms(expires: Sample.time + ahead))
            let refusal = await OperationsFixture.refusal {
                let token = try await service.operations.token(for: Self.video, request, in: service.account)
                #expect(try await Self.claims(token, service).expires == Sample.time + ahead)
            }
            #expect((refusal == nil) == isAccepted)
            #expect(isAccepted || refusal?.code == .invalidRequest && refusal?.pointer == "/exp")
        }
    }

    @Test("refuse what is not the id of a video, before a key is made")
    func video() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let refusal = await OperationsFixture.refusal {
                _ = try await service.operations.token(
                    for: "a/b", TokenRequest(terms: TokenTerms()), in: service.account)
            }
            #expect(refusal?.code == .invalidRequest && refusal?.pointer == nil)
            #expect(service.ready.count == 1)
        }
    }

    @Test("use the key that a request brings, if it is one of the account's")
    func broughtKey() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let created = try await service.operations.create(in: service.account, by: service.caller)
            let sign = { (id: String, pem: SecretBytes) async throws -> PlaybackToken in
                var request = TokenRequest(terms: TokenTerms())
                (request.keyID, request.pem) = (id, pem)
                return try await service.operations.token(for: Self.video, request, in: service.account)
            }
            let token = try await sign(created.id.rawValue, created.key.streamPEM())
            _ = try await Self.claims(token, service)
            #expect(try await service.store.serviceKeys(of: service.account).isEmpty, "no key of the service's is made")
            let id = created.id.rawValue
            let faults: [(String, SecretBytes, String)] = [
                ("unknown", try created.key.streamPEM(), "/id"), ("", try created.key.streamPEM(), "/id"),
                (id, try SigningKey.otherTestKey.streamPEM(), "/pem"), (id, SecretBytes(copying: [0x41]), "/pem"),
            ]
            for (id, pem, pointer) in faults {
                let refusal = await OperationsFixture.refusal { _ = try await sign(id, pem) }
                #expect(refusal?.code == .invalidRequest && refusal?.pointer == pointer, "\(id)")
            }
            _ = try await service.operations.delete(id, of: service.account, by: service.caller)
            let pem = try created.key.streamPEM()
            let refusal = await OperationsFixture.refusal { _ = try await sign(id, pem) }
            #expect(refusal?.pointer == "/id", "a deleted key signs nothing")
        }
    }
}
