import Logging
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningWire
import Testing

@testable import StreamSigningGate
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("The use of keys", .timeLimit(.minutes(10)))
struct KeyUseTests {
    private static let video = "ea95132c15732412d22c1476fa83f27a"
    private let now = Sample.time
    private let key: LiveKey

    init() throws {
        key = LiveKey(try StoredPublicKey(Sample.publicKey()), of: Sample.account(), AccountRevocations())
    }

    @Test("is noted once in ten seconds, and always when a token ends later than those before")
    func noted() throws {
        let expiry = now + .seconds(60)
        #expect(key.noteUse(untilExpiry: expiry, at: now))
        #expect(key.takeUse()?.use == KeyUse(last: now, latestExpiry: expiry))
        for seconds in [0, 1, 9] { #expect(!key.noteUse(at: now + .seconds(seconds))) }
        #expect(!key.noteUse(untilExpiry: expiry, at: now + .seconds(9)), "nor does a token that ends no later")
        #expect(key.noteUse(at: now + .seconds(10)))
        #expect(!key.noteUse(at: now + .seconds(20)), "it waits to be reported already")
        #expect(key.takeUse()?.use == KeyUse(last: now + .seconds(20), latestExpiry: expiry))
        #expect(key.noteUse(untilExpiry: expiry + .seconds(1), at: now + .seconds(21)))
        #expect(
            key.takeUse()?.use == KeyUse(last: now + .seconds(21), latestExpiry: expiry + .seconds(1)))
    }

    @Test("is kept until the store has it")
    func kept() async throws {
        let uses = KeyUses()
        try await uses.report { _ throws(StoreError) in Issue.record("there is nothing to report") }
        #expect(key.noteUse(untilExpiry: now + .seconds(60), at: now))
        uses.add(key)
        await #expect(throws: StoreError.self) {
            try await uses.report { _ throws(StoreError) in
                // What is used meanwhile is not lost, nor reported twice.
                if key.noteUse(untilExpiry: now + .seconds(90), at: now + .seconds(30)) { uses.add(key) }
                throw StoreError(.unavailable, "as the test wants")
            }
        }
        var reports: [[KeyID: KeyUse]] = []
        for _ in 0..<2 { try await uses.report { report throws(StoreError) in reports.append(report) } }
        #expect(reports.count == 1)
        #expect(
            reports.first.map { Array($0.values) } == [
                KeyUse(last: now + .seconds(30), latestExpiry: now + .seconds(90))
            ])
    }

    @Test("is that of tokens that are let in, from the cache or not, and of no others")
    func decisions() async throws {
        let signing = try SigningKey.testKey
        let ring = KeyRing(KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []))
        ring.add(signing.verificationKey, of: Sample.account())
        let keeper = Gatekeeper(ring: ring, policy: VerificationPolicy(), cache: .init(entries: 64, bytes: 1 << 20))
        func play(_ expires: Duration, at time: NumericDate) throws {
            let claims = try PlaybackClaims(
                video: try VideoID(Self.video), terms: TokenTerms(expires: now + expires))
            try TokenSigner(key: signing).sign(claims).rawValue.withBytes { bytes in
                _ = try? keeper.decide(bytes, for: .insecureForAnyVideo(), at: time)
            }
        }
        func reported() async throws -> KeyUse? {
            var use: KeyUse?
            try await ring.uses.report { report throws(StoreError) in use = report[signing.id] }
            return use
        }
        try play(.seconds(60), at: now + .seconds(60))
        #expect(try await reported() == nil, "a token that has ended is not let in")
        try play(.seconds(600), at: now)
        #expect(try await reported() == KeyUse(last: now, latestExpiry: now + .seconds(600)))
        try play(.seconds(600), at: now + .seconds(9))
        #expect(try await reported() == nil)
        try play(.seconds(600), at: now + .seconds(10))
        #expect(try await reported() == KeyUse(last: now + .seconds(10), latestExpiry: now + .seconds(600)))
        #expect(keeper.hits == 2)
        try play(.seconds(300), at: now + .seconds(300))
        #expect(try await reported() == nil, "it ended in that moment")
        try play(.seconds(500), at: now + .seconds(300))
        #expect(try await reported() == KeyUse(last: now + .seconds(300), latestExpiry: now + .seconds(600)))
    }

    @Test("is reported by who follows a source, and a last time before it ends")
    func follower() async throws {
        let source = ManualKeySource()
        let logger = Logger(label: "follower") { _ in SwiftLogNoOpLogHandler() }
        let follower = try await KeyFollower(following: source, logger: logger)
        if key.noteUse(untilExpiry: now + .seconds(60), at: now) { follower.ring.uses.add(key) }
        let task = Task { try await follower.run() }
        while source.reports.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        if key.noteUse(at: now + .seconds(60)) { follower.ring.uses.add(key) }
        task.cancel()
        try await task.value
        let use = source.reports.last?.values.first
        #expect(use == KeyUse(last: now + .seconds(60), latestExpiry: now + .seconds(60)))
        #expect(source.isRetired)
    }

    @Test("goes from a gate that is fed to a node in reports of a bounded size")
    func reports() throws {
        var uses: [KeyID: KeyUse] = [:]
        for number in 0..<2_001 {
            let last = now + .seconds(number)
            uses[try KeyID.random()] = KeyUse(last: last, latestExpiry: last + .seconds(60))
        }
        let reports = KeyUseReport.all(of: uses)
        #expect(reports.map(\.uses.count) == [1_000, 1_000, 1])
        var read: [KeyID: KeyUse] = [:]
        for report in reports {
            #expect(report.text.count < KeyUseReport.maximumByteCount)
            read.merge(try self.report(reading: report.text).uses) { $1 }
        }
        #expect(read == uses)
        #expect(KeyUseReport.all(of: [:]).isEmpty)
    }

    @Test(
        "is not read from what a gate would not send",
        arguments: [
            (#"{}"#, "/uses"), (#"{"uses":{}}"#, "/uses"), (#"{"uses":[7]}"#, "/uses/0/key"),
            (#"{"uses":[{"key":"","last_used":1,"latest_expiry":1}]}"#, "/uses/0/key"),
            (#"{"uses":[{"key":"a","latest_expiry":1}]}"#, "/uses/0/last_used"),
            (#"{"uses":[{"key":"a","last_used":-1,"latest_expiry":1}]}"#, "/uses/0/last_used"),
            (#"{"uses":[{"key":"a","last_used":1.5,"latest_expiry":1}]}"#, "/uses/0/last_used"),
            (#"{"uses":[{"key":"a","last_used":1,"latest_expiry":"1"}]}"#, "/uses/0/latest_expiry"),
            (#"{"uses":[{"key":"a","last_used":1,"latest_expiry":253402300800}]}"#, "/uses/0/latest_expiry"),
        ])
    func unreadable(text: String, pointer: String) throws {
        let problem = #expect(throws: WireProblem.self) { try report(reading: Array(text.utf8)) }
        #expect(problem?.pointer == pointer)
    }

    private func report(reading text: [UInt8]) throws -> KeyUseReport {
        try text.withUnsafeBufferPointer { try KeyUseReport(reading: StrictJSON(parsing: $0).root) }
    }
}
