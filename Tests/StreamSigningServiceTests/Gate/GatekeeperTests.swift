import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Synchronization
import Testing

@testable import StreamSigningGate
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("The gatekeeper")
struct GatekeeperTests {
    private let now = Sample.time
    private let account = Sample.account()
    private let ring: KeyRing
    private let video: VideoID

    init() throws {
        ring = KeyRing(KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []))
        ring.add(try SigningKey.testKey.verificationKey, of: account)
        video = try VideoID("ea95132c15732412d22c1476fa83f27a")
    }

    private func keeper(entries: Int = 64) -> Gatekeeper {
        Gatekeeper(ring: ring, policy: VerificationPolicy(), cache: .init(entries: entries, bytes: 1 << 20))
    }

    private func token(
        expires: Duration = .seconds(60), notBefore: NumericDate? = nil, downloadable: Bool = false,
        _ rules: [AccessRule] = []
    ) throws -> String {
        let claims = try PlaybackClaims(
            video: video, expires: now + expires, notBefore: notBefore, isDownloadable: downloadable, rules: rules)
        return try TokenSigner(key: .testKey).sign(claims).rawValue
    }

    /// Why a token is refused; nil if it is not.
    private func code(
        _ token: String, by keeper: Gatekeeper, path: String = "manifest/video.m3u8", video: VideoID? = nil,
        address: String? = nil, country: CountryCode? = nil, at time: NumericDate? = nil,
        freshness: KeyFreshness? = nil
    ) -> Denial.Code? {
        path.withBytes { path in
            token.withBytes { bytes in
                let request = PlaybackRequest(
                    video: video, pathBytes: path, address: address.flatMap { IPAddress($0) }, country: country)
                do throws(Denial) {
                    let admission = try keeper.decide(
                        bytes, for: request, at: time ?? now, freshness: freshness ?? ring.freshness)
                    #expect(admission.account == account)
                    #expect(admission.token.claims.video == self.video)
                    return nil
                } catch {
                    return error.code
                }
            }
        }
    }

    @Test("verifies a token once")
    func once() throws {
        let keeper = keeper()
        let token = try token()
        for _ in 0..<3 { #expect(code(token, by: keeper) == nil) }
        #expect(keeper.misses == 1 && keeper.hits == 2)
    }

    @Test("looks at time, video, viewer and path each time")
    func afresh() throws {
        let keeper = keeper()
        let token = try token(
            notBefore: now,
            [.block(.addresses(IPNetwork("203.0.113.0/24"))), .allow(.countries(.gb)), .block(.any)])
        let gb = CountryCode.gb
        #expect(code(token, by: keeper, address: "192.0.2.1", country: gb) == nil)
        #expect(code(token, by: keeper, address: "203.0.113.9", country: gb) == .blockedByRule)
        #expect(code(token, by: keeper, address: "192.0.2.1", country: .fr) == .blockedByRule)
        #expect(code(token, by: keeper, address: "192.0.2.1") == .countryUnknown)
        #expect(code(token, by: keeper, country: gb) == .addressUnknown)
        let path = "downloads/default.mp4"
        #expect(code(token, by: keeper, path: path, address: "192.0.2.1", country: gb) == .downloadNotAllowed)
        let other = try VideoID("other")
        #expect(code(token, by: keeper, video: other, address: "192.0.2.1", country: gb) == .videoMismatch)
        #expect(
            code(token, by: keeper, address: "192.0.2.1", country: gb, at: now - .nanoseconds(1)) == .notYetValid)
        #expect(keeper.misses == 1)
        #expect(code(token, by: keeper, address: "192.0.2.1", country: gb, at: now + .seconds(60)) == .expired)
        #expect(keeper.cache.count == 0, "what has expired is not kept")
    }

    @Test("keeps nothing that it refuses")
    func refusals() throws {
        let keeper = keeper()
        let genuine = try token()
        for tampering in Tampering.allCases {
            let forged = try PlaybackToken(rawValue: genuine).tampered(tampering).rawValue
            #expect(code(forged, by: keeper, video: video) == tampering.refusal, "\(tampering)")
            #expect(keeper.cache.count == 0, "\(tampering)")
        }
        #expect(code(try token([.block(.any)]), by: keeper) == .blockedByRule)
        #expect(keeper.cache.count == 0)
    }

    @Test("trusts no verdict it has kept once its key is revoked")
    func revoked() throws {
        let keeper = keeper()
        let token = try token()
        #expect(code(token, by: keeper) == nil)
        ring.revoke(try SigningKey.testKey.id, of: account)
        #expect(code(token, by: keeper) == .keyRevoked)
        #expect(keeper.cache.count == 0)
    }

    @Test("says that its keys are old only where that matters")
    func stale() throws {
        let keeper = keeper()
        let old = KeyFreshness(confirmed: .now - .seconds(10), maximumAge: .seconds(5))
        let genuine = try token()
        let unknown = try PlaybackToken(rawValue: genuine).tampered(.keyIDUnknown).rawValue
        #expect(code(genuine, by: keeper, freshness: old) == .keysStale)
        #expect(code(unknown, by: keeper, freshness: old) == .keysStale)
        #expect(code("nonsense", by: keeper, freshness: old) == .tokenMalformed)
        #expect(code(genuine, by: keeper, at: now + .seconds(60), freshness: old) == .expired)
        #expect(code(genuine, by: keeper) == nil)
    }

    /// What the threads of a race tell each other.
    private final class Race: Sendable {
        let ring: KeyRing
        let isDeleted = Atomic<Bool>(false)
        let decisions = Atomic<Int>(0)
        let violations = Atomic<Int>(0)

        init(_ ring: KeyRing) {
            self.ring = ring
        }

        /// Decides until it has been refused ten times.
        func decide(about token: String, at now: NumericDate) async {
            let keeper = Gatekeeper(
                ring: ring, policy: VerificationPolicy(), cache: .init(entries: 8, bytes: 1 << 20))
            var refusals = 0
            while refusals < 10 {
                let wasDeleted = isDeleted.load(ordering: .sequentiallyConsistent)
                let isAllowed = token.withBytes { bytes in
                    (try? keeper.decide(bytes, for: .insecureForAnyVideo(), at: now, freshness: ring.freshness))
                        != nil
                }
                decisions.add(1, ordering: .relaxed)
                if !isAllowed { refusals += 1 }
                if wasDeleted, isAllowed { violations.add(1, ordering: .relaxed) }
                // There are fewer threads than tasks.
                await Task.yield()
            }
        }
    }

    @Test("allows nothing that begins after a deletion has returned, on any thread", arguments: 0..<20)
    func race(_ round: Int) async throws {
        let (token, now, account) = (try token(), now, account)
        let ring = KeyRing(KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []))
        ring.add(try SigningKey.testKey.verificationKey, of: account)
        let race = Race(ring)
        let id = try SigningKey.testKey.id
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { await race.decide(about: token, at: now) } }
            while race.decisions.load(ordering: .relaxed) < 50 + round { await Task.yield() }
            ring.revoke(id, of: account)
            race.isDeleted.store(true, ordering: .sequentiallyConsistent)
        }
        #expect(race.violations.load(ordering: .relaxed) == 0)
    }
}
