import Logging
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("The live keys")
struct KeyRingTests {
    private let account = Sample.account()

    private func ring(_ keys: [VerificationKey] = [], maximumAge: Duration? = nil) throws -> KeyRing {
        let snapshot = KeySnapshot(
            number: ChangeNumber(rawValue: 0), keys: try keys.map { (account, try StoredPublicKey($0)) },
            revoked: [])
        return KeyRing(snapshot, maximumAge: maximumAge)
    }

    @Test("know a key at once, and whose it is")
    func added() throws {
        let ring = try ring()
        let key = try Sample.publicKey()
        #expect(ring[key.id] == nil)
        ring.add(key, of: account)
        let live = try #require(ring[key.id])
        #expect(live.account == account)
        guard case .trusted(let trusted) = live.standing(at: Sample.time) else {
            return #expect(Bool(false), "it is not trusted")
        }
        #expect(trusted == key)
        #expect(ring.liveCount == 1)
    }

    @Test("tell everyone who holds a key that it is revoked")
    func revoked() throws {
        let key = try Sample.publicKey()
        let ring = try ring([key])
        let held = try #require(ring[key.id])
        ring.revoke(key.id, of: account)
        #expect(held.isRevoked)
        guard case .revoked = held.standing(at: Sample.time) else { return #expect(Bool(false), "it is trusted") }
        #expect(ring.liveCount == 0)
    }

    @Test("do not take a deleted key back, whatever order changes are heard in")
    func tombstone() throws {
        let key = try Sample.publicKey()
        let ring = try ring()
        ring.revoke(key.id, of: account)
        ring.add(key, of: account)
        #expect(try #require(ring[key.id]).isRevoked)
        #expect(ring.liveCount == 0)
    }

    @Test("hold tombstones of the snapshot")
    func snapshotTombstones() throws {
        let key = try Sample.publicKey()
        let ring = KeyRing(
            KeySnapshot(number: ChangeNumber(rawValue: 2), keys: [], revoked: [(account, key.id)]))
        #expect(try #require(ring[key.id]).isRevoked)
    }

    @Test("are still there after more have come than the table keeps apart")
    func growth() throws {
        let keys = try (0..<600).map { _ in try Sample.publicKey() }
        let ring = try ring(Array(keys.prefix(10)))
        for key in keys.dropFirst(10) { ring.add(key, of: account) }
        #expect(keys.allSatisfy { ring[$0.id] != nil })
        #expect(ring.liveCount == 600)
        for key in keys { ring.revoke(key.id, of: account) }
        #expect(keys.allSatisfy { ring[$0.id]?.isRevoked == true })
        #expect(ring.liveCount == 0)
    }

    @Test("remember deleted keys by their fingerprints, and whose they were")
    func fingerprints() throws {
        let (mine, other, live) = (try Sample.publicKey(), try Sample.publicKey(), try Sample.publicKey())
        let ring = KeyRing(
            KeySnapshot(
                number: ChangeNumber(rawValue: 9), keys: [(account, try StoredPublicKey(live))], revoked: [],
                compacted: [
                    try KeyFingerprint(of: mine.id): account, try KeyFingerprint(of: other.id): Sample.account("b"),
                ]))
        #expect(ring[mine.id]?.isRevoked == true && ring[mine.id]?.account == account)
        #expect(ring[other.id]?.account == Sample.account("b"))
        #expect(ring[live.id]?.isRevoked == false)
        #expect(try ring[KeyID("unknown")] == nil)
        ring.add(mine, of: account)
        #expect(ring[mine.id]?.isRevoked == true && ring.liveCount == 1)
        ring.revoke(mine.id, of: account)
        #expect(ring.liveCount == 1)
    }

    @Test("keep no more than fingerprints of keys that come and go, and forget none")
    func churn() throws {
        let live = try Sample.publicKey()
        let ring = try ring([live])
        // The numbers of a key do not matter here, and making them takes longest.
        let der = try StoredPublicKey(live).der
        var number: Int64 = 0
        func next(_ content: StoreChange.Content) throws {
            number += 1
            try ring.apply([
                StoreChange(
                    number: ChangeNumber(rawValue: number), account: account, content: content, time: Sample.time)
            ])
        }
        let ids = try (0..<5_000).map { _ in try KeyID.random() }
        for id in ids {
            try next(.added(StoredPublicKey(id: id, der: der)))
            try next(.revoked(id))
        }
        #expect(ring.liveCount == 1 && ring[live.id]?.isRevoked == false)
        #expect(ids.allSatisfy { ring[$0]?.isRevoked == true })
        #expect(ring.fullEntryCount < 600)
    }

    @Test("follow changes that another process makes")
    func follower() async throws {
        let store = MemoryKeyStore()
        let early = try Sample.publicKey()
        _ = try await store.add(Sample.key(early))
        let logger = Logger(label: "ring") { _ in SwiftLogNoOpLogHandler() }
        let follower = try await KeyFollower(
            following: source(store), interval: .milliseconds(1), logger: logger)
        #expect(follower.ring.liveCount == 1)
        let task = Task { try await follower.run() }
        let other = MemoryKeyStore(sharing: store)
        let late = try Sample.publicKey()
        _ = try await other.add(Sample.key(late))
        _ = try await other.delete(early.id)
        try await until { follower.ring[late.id] != nil && follower.ring[early.id]?.isRevoked == true }
        task.cancel()
        try await task.value
    }

    @Test("are confirmed by every answer of the store, and grow stale while it fails")
    func freshness() async throws {
        let store = FailingKeyStore(MemoryKeyStore())
        let logger = Logger(label: "ring") { _ in SwiftLogNoOpLogHandler() }
        let follower = try await KeyFollower(
            following: source(store), interval: .milliseconds(1), maximumAge: .seconds(5), logger: logger)
        let first = follower.ring.freshness
        #expect(!first.isStale(at: first.confirmed + .seconds(5)))
        #expect(first.isStale(at: first.confirmed + .seconds(5) + .nanoseconds(1)))
        let task = Task { try await follower.run() }
        try await until { follower.ring.freshness.confirmed > first.confirmed }
        task.cancel()
        try await task.value
    }

    @Test("never grow stale without a bound")
    func unbounded() throws {
        let freshness = try ring().freshness
        #expect(!freshness.isStale(at: freshness.confirmed + .seconds(1_000_000)))
    }

    private func source(_ store: any KeyStore) -> StoreKeySource {
        StoreKeySource(store: store, node: NodeID(rawValue: "0000000000000001"), period: .seconds(5))
    }

    /// Returns when something that other tasks bring about has happened; the test's time limit ends what never does.
    private func until(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }
}

@Suite("The state of a live key")
struct LiveKeyStateTests {
    private let account = Sample.account()
    private let now = Sample.time

    private func change(_ number: Int64, _ content: StoreChange.Content) -> StoreChange {
        StoreChange(number: ChangeNumber(rawValue: number), account: account, content: content, time: now)
    }

    private func isDisabled(_ key: LiveKey, at time: NumericDate) -> Bool {
        if case .disabled = key.standing(at: time) { true } else { false }
    }

    @Test("ends at its expiry, can be undone, and never undoes a deletion")
    func states() throws {
        let key = LiveKey(try StoredPublicKey(Sample.publicKey()), of: account, AccountRevocations())
        #expect(key.isUsable(at: .latest))
        key.set(KeyState(expires: now))
        #expect(key.isUsable(at: now - .nanoseconds(1)) && !key.isUsable(at: now) && isDisabled(key, at: now))
        key.set(KeyState(isEnabled: false, expires: now + .seconds(60)))
        #expect(!key.isUsable(at: .earliest) && !key.isRevoked)
        key.set(KeyState())
        #expect(key.isUsable(at: now))
        key.revoke()
        key.set(KeyState())
        #expect(key.isRevoked && !key.isUsable(at: .earliest) && !isDisabled(key, at: now))
    }

    @Test("comes with the snapshot and with changes, and with its own account's alone")
    func followed() throws {
        let keys = try (0..<2).map { _ in try StoredPublicKey(Sample.publicKey()) }
        let ring = KeyRing(
            KeySnapshot(
                number: ChangeNumber(rawValue: 3), keys: keys.map { (account, $0) }, revoked: [],
                states: [keys[0].id: KeyState(isEnabled: false)]))
        #expect(keys.map { ring[$0.id]?.isUsable(at: now) } == [false, true])
        let version = ring.version(of: account)
        try ring.apply([
            change(4, .state(KeyState(), of: keys[0].id)),
            change(5, .state(KeyState(isEnabled: false), of: keys[1].id)),
        ])
        #expect(keys.map { ring[$0.id]?.isUsable(at: now) } == [true, false])
        #expect(ring.version(of: account) > version)
        ring.set(KeyState(isEnabled: false), of: keys[0].id, in: Sample.account("b"), at: ChangeNumber(rawValue: 6))
        #expect(ring[keys[0].id]?.isUsable(at: now) == true)
    }

    @Test("is not taken back by older changes that the node reads later, and follows newer ones")
    func ownChanges() throws {
        let key = try StoredPublicKey(Sample.publicKey())
        let ring = KeyRing(
            KeySnapshot(number: ChangeNumber(rawValue: 1), keys: [(account, key)], revoked: []))
        let live = try #require(ring[key.id])
        ring.set(KeyState(isEnabled: false), of: key.id, in: account, at: ChangeNumber(rawValue: 3))
        try ring.apply([change(2, .state(KeyState(), of: key.id))])
        #expect(!live.isUsable(at: now), "that was before")
        try ring.apply([
            change(3, .state(KeyState(isEnabled: false), of: key.id)), change(4, .state(KeyState(), of: key.id)),
        ])
        #expect(live.isUsable(at: now), "that came after")
        ring.set(KeyState(isEnabled: false), of: key.id, in: account, at: ChangeNumber(rawValue: 3))
        #expect(live.isUsable(at: now), "what is late changes nothing")
    }
}
