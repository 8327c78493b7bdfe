import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Synchronization
import Testing

@testable import StreamSigningGate
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("The gatekeeper and revocations")
struct GatekeeperRevocationTests {
    private static let video = "ea95132c15732412d22c1476fa83f27a"
    private let now = Sample.time
    private let account = Sample.account()
    private let ring: KeyRing
    private let keeper: Gatekeeper

    init() throws {
        ring = KeyRing(KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []))
        ring.add(try SigningKey.testKey.verificationKey, of: account)
        keeper = Gatekeeper(ring: ring, policy: VerificationPolicy(), cache: .init(entries: 64, bytes: 1 << 20))
    }

    private func token(
        _ id: String? = "jti-1", viewer: String? = "viewer 7", issued: Duration? = .zero,
        expires: Duration = .seconds(60)
    ) throws -> String {
        let terms = TokenTerms(
            expires: now + expires, id: id, issuedAt: issued.map { now + $0 }, viewer: viewer)
        return try TokenSigner(key: .testKey).sign(PlaybackClaims(video: VideoID(Self.video), terms: terms)).rawValue
    }

    /// Why a token is refused; nil if it is not.
    private func code(
        _ token: String, at time: NumericDate? = nil, freshness: KeyFreshness? = nil
    ) -> Denial.Code? {
        token.withBytes { bytes in
            do throws(Denial) {
                _ = try keeper.decide(
                    bytes, for: .insecureForAnyVideo(), at: time ?? now, freshness: freshness ?? ring.freshness)
                return nil
            } catch {
                return error.code
            }
        }
    }

    private func revoke(_ revocations: Revocation..., number: Int64 = 1) {
        ring.add(revocations, of: account, at: ChangeNumber(rawValue: number))
    }

    private static let subjects: [(RevocationSubject.Kind, String, Denial.Code)] = [
        (.token, "jti-1", .tokenRevoked), (.viewer, "viewer 7", .viewerRevoked), (.video, video, .videoRevoked),
    ]

    @Test("refuses a new token that a revocation names, and keeps it nowhere", arguments: subjects)
    func new(kind: RevocationSubject.Kind, id: String, expected: Denial.Code) throws {
        revoke(try Sample.revocation(kind, id))
        #expect(code(try token()) == expected)
        #expect(keeper.cache.count == 0)
    }

    @Test(
        "refuses a token that it knows to be genuine from the moment on that a revocation is added", arguments: subjects
    )
    func known(kind: RevocationSubject.Kind, id: String, expected: Denial.Code) throws {
        let token = try token()
        let other = try self.token("jti-2", viewer: "another", issued: .seconds(2))
        #expect(code(token) == nil && code(other) == nil)
        let revocation = try Sample.revocation(kind, id)
        revoke(revocation)
        #expect(code(token) == expected && code(token) == expected)
        #expect(code(other) == nil, "signed after the second that is meant")
        #expect(keeper.misses == 2, "nothing was verified again")
        ring.lift(revocation, of: account, at: ChangeNumber(rawValue: 2))
        #expect(code(token) == nil, "once it is lifted the token is good again")
        #expect(keeper.misses == 2)
    }

    @Test("compares a known token with the revocations again only when one is added to its account")
    func cleared() throws {
        let token = try token()
        revoke(try Sample.revocation(.token, "other"))
        #expect(code(token) == nil)
        let entry = token.withBytes { keeper.cache.find($0, hash: VerifiedTokenCache.hash($0)) }
        #expect(entry?.clearedVersion == 1)
        ring.add([try Sample.revocation()], of: Sample.account("b"), at: ChangeNumber(rawValue: 2))
        #expect(code(token) == nil && entry?.clearedVersion == 1, "another account's are not looked at")
        revoke(try Sample.revocation(.token, "third"), number: 3)
        #expect(code(token) == nil && entry?.clearedVersion == 2)
    }

    @Test("spares what was signed from `issuedBefore` on, and refuses what does not say when it was signed")
    func issuedBefore() throws {
        revoke(
            try RevocationRequest(RevocationSubject(.video, Self.video), issuedBefore: now - .seconds(5))
                .revocation(id: .random(), at: now))
        #expect(code(try token(issued: .seconds(-5))) == nil)
        #expect(code(try token(issued: .seconds(-6))) == .videoRevoked)
        #expect(code(try token(nil, viewer: nil, issued: nil)) == .videoRevoked)
    }

    @Test("counts a revocation to its end, and no longer")
    func end() throws {
        let token = try token(expires: .seconds(3_600))
        let revocation = try Sample.revocation(for: .seconds(10))
        revoke(revocation)
        #expect(code(token, at: revocation.until - .nanoseconds(1)) == .viewerRevoked)
        #expect(code(token, at: revocation.until) == nil)
    }

    @Test("names the revocation before the token's times, and after its signature")
    func order() throws {
        revoke(try Sample.revocation(.token, "jti-1"))
        let expired = try token(expires: .seconds(-1))
        #expect(code(expired) == .tokenRevoked)
        let forged = try PlaybackToken(rawValue: token()).tampered(.signatureBitFlipped).rawValue
        #expect(code(forged) == .signatureInvalid)
        ring.revoke(try SigningKey.testKey.id, of: account)
        #expect(code(expired) == .keyRevoked)
    }

    @Test("obeys no revocation of another account")
    func otherAccount() throws {
        ring.add(
            [
                try Sample.revocation(.token, "jti-1"), try Sample.revocation(),
                try Sample.revocation(.video, Self.video),
            ],
            of: Sample.account("b"), at: ChangeNumber(rawValue: 3))
        #expect(code(try token()) == nil)
    }

    @Test("says that its keys are old where the revocation may have been lifted")
    func stale() throws {
        let token = try token()
        revoke(try Sample.revocation())
        let old = KeyFreshness(confirmed: .now - .seconds(10), maximumAge: .seconds(5))
        #expect(code(token) == .viewerRevoked)
        #expect(code(token, freshness: old) == .keysStale)
    }

    /// What the threads of a race tell each other.
    private final class Race: Sendable {
        let isRevoked = Atomic<Bool>(false)
        let decisions = Atomic<Int>(0)
        let violations = Atomic<Int>(0)

        /// Decides until it has been refused ten times.
        func decide(about token: String, by ring: KeyRing, at now: NumericDate) async {
            let keeper = Gatekeeper(
                ring: ring, policy: VerificationPolicy(), cache: .init(entries: 8, bytes: 1 << 20))
            var refusals = 0
            while refusals < 10 {
                let wasRevoked = isRevoked.load(ordering: .sequentiallyConsistent)
                let isAllowed = token.withBytes { bytes in
                    (try? keeper.decide(bytes, for: .insecureForAnyVideo(), at: now, freshness: ring.freshness)) != nil
                }
                decisions.add(1, ordering: .relaxed)
                if !isAllowed { refusals += 1 }
                if wasRevoked, isAllowed { violations.add(1, ordering: .relaxed) }
                // There are fewer threads than tasks.
                await Task.yield()
            }
        }
    }

    @Test("allows nothing that begins after a revocation has returned, on any thread", arguments: 0..<20)
    func race(_ round: Int) async throws {
        let (token, now, ring) = (try token(), now, ring)
        let noise = try (0..<32).map { try Sample.revocation(.token, "noise \($0)") }
        let race = Race()
        let revocation = try Sample.revocation()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { await race.decide(about: token, by: ring, at: now) } }
            var number: Int64 = 0
            while race.decisions.load(ordering: .relaxed) < 50 + round {
                number += 1
                ring.add([noise[Int(number) % 32]], of: account, at: ChangeNumber(rawValue: number))
                await Task.yield()
            }
            ring.add([revocation], of: account, at: ChangeNumber(rawValue: number + 1))
            race.isRevoked.store(true, ordering: .sequentiallyConsistent)
        }
        #expect(race.violations.load(ordering: .relaxed) == 0)
    }
}
