import NIOCore
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningWire
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("Operations that begin sessions")
struct SessionOperationsTests {
    private static let video = "ea95132c15732412d22c1476fa83f27a"

    private static func sessions(_ service: OperationsFixture) -> SessionOperations {
        SessionOperations(
            signers: service.signers, ring: service.ring, policy: VerificationPolicy(), now: { service.clock.now })
    }

    private static func token(
        at time: NumericDate, playFor: Duration? = .seconds(600), video: String = video
    ) throws -> String {
        let claims = try PlaybackClaims(
            video: VideoID(video), expires: time + .seconds(60), issuedAt: time, playFor: playFor)
        return try TokenSigner(key: .otherTestKey).sign(claims).rawValue
    }

    /// A customer's key is registered, and the service's own is ready.
    private static func run(_ body: (OperationsFixture) async throws -> Void) async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let key = StoredKey(
                account: service.account, key: try SigningKey.otherTestKey.verificationKey, created: Sample.time,
                origin: .imported)
            try await service.store.add(key)
            service.ring.add(key.key, of: service.account)
            try await body(service)
        }
    }

    @Test("sign with the account's own key, which the key set marks and the ring believes")
    func begin() async throws {
        try await Self.run { service in
            let session = try await Self.sessions(service).begin(with: Self.token(at: Sample.time))
            let keys = try KeySet(await service.store.verificationKeys(of: service.account))
            let request = PlaybackRequest(video: try VideoID(Self.video))
            let verified = try TokenVerifier(keys: keys).verify(session, for: request, at: Sample.time)
            #expect(verified.keyID == (try SigningKey.testKey.id))
            #expect(verified.claims.session?.origin.keyID == (try SigningKey.otherTestKey.id))
            #expect(verified.claims.expires == Sample.time + .seconds(600))
            let published = try await service.operations.published.keySet(of: service.account)
            let set = try KeySet(importing: Array(published.text.readableBytesView))
            #expect(set[verified.keyID]?.signsSessions == true)
            #expect(set[try SigningKey.otherTestKey.id]?.signsSessions == false)
            let trusted = try session.rawValue.withBytes { bytes in
                Result { () throws(Denial) in try service.ring.authenticate(bytes, at: Sample.time) }
            }.get()
            #expect(trusted.originKey === service.ring[try SigningKey.otherTestKey.id])
        }
    }

    @Test("give each session an id of its own")
    func ids() async throws {
        try await Self.run { service in
            let sessions = Self.sessions(service)
            var payloads: Set<String> = []
            for _ in 0..<3 {
                let session = try await sessions.begin(with: Self.token(at: Sample.time))
                payloads.insert(try UnverifiedToken(readingWithoutVerification: session.rawValue).unverifiedPayload)
            }
            #expect(payloads.count == 3)
        }
    }

    @Test("refuse a token that is not good, or asks for no session, and make no key for it")
    func refused() async throws {
        try await Self.run { service in
            let sessions = Self.sessions(service)
            let expired = try Self.token(at: Sample.time - .seconds(60))
            let revoked = try Self.token(at: Sample.time, video: "other")
            service.ring.add(
                [
                    try RevocationRequest(RevocationSubject(.video, "other"))
                        .revocation(id: .random(), at: Sample.time)
                ], of: service.account, at: ChangeNumber(rawValue: 9))
            let forged = try PlaybackToken(rawValue: Self.token(at: Sample.time)).tampered(.signatureBitFlipped)
                .rawValue
            let cases: [(String, Denial.Code)] = [
                (expired, .expired), (revoked, .videoRevoked), (forged, .signatureInvalid), ("", .tokenMissing),
                (try Self.token(at: Sample.time, playFor: nil), .claimsMalformed),
            ]
            for (token, code) in cases {
                let denial = await #expect(throws: Denial.self) { _ = try await sessions.begin(with: token) }
                #expect(denial?.code == code)
            }
            #expect(service.ready.count == 1)
            let session = try await sessions.begin(with: Self.token(at: Sample.time))
            let denial = await #expect(throws: Denial.self) { _ = try await sessions.begin(with: session.rawValue) }
            #expect(denial?.code == .claimsMalformed, "a session leads to no other")
        }
    }

    @Test("are refused while the account's own key is disabled, and have another when it is deleted")
    func ownKey() async throws {
        try await Self.run { service in
            let sessions = Self.sessions(service)
            _ = try await sessions.begin(with: Self.token(at: Sample.time))
            let own = try SigningKey.testKey.id
            service.ring.set(
                KeyState(isEnabled: false), of: own, in: service.account, at: ChangeNumber(rawValue: 99))
            let refusal = await OperationsFixture.refusal {
                _ = try await sessions.begin(with: Self.token(at: Sample.time))
            }
            #expect(refusal?.code == .keyDisabled)
        }
    }

    @Test("are for keys of the service's own alone, whatever a customer's key says of itself")
    func imported() async throws {
        try await Self.run { service in
            let jwk = try SigningKey.testKey.verificationKey.signingSessions().jwk()
            let item = try await service.operations.importKey(
                SecretBytes(copying: Array(jwk.utf8)), id: "mine", at: "/jwk", into: service.account,
                by: service.caller)
            let keys = try await service.store.verificationKeys(of: service.account)
            #expect(keys.allSatisfy { !$0.signsSessions })
            guard case .trusted(let key) = service.ring[item.id]?.standing(at: Sample.time) else {
                Issue.record("the key is not trusted")
                return
            }
            #expect(!key.signsSessions)
        }
    }
}
