import Logging
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("The revocations of a node", .timeLimit(.minutes(10)))
struct RevocationRingTests {
    private let account = Sample.account()
    private let ring = KeyRing(KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []))

    private func number(_ number: Int64) -> ChangeNumber { ChangeNumber(rawValue: number) }

    private func change(_ number: Int64, _ content: StoreChange.Content) -> StoreChange {
        StoreChange(number: self.number(number), account: account, content: content, time: Sample.time)
    }

    private func ids(_ ring: KeyRing, of account: AccountID = Sample.account()) -> Set<RevocationID> {
        Set(ring.revocations(of: account).revocations.map(\.id))
    }

    @Test("are in force at once, in their account alone")
    func added() throws {
        let revocations = [try Sample.revocation(), try Sample.revocation(.token, "t", reason: "told nobody")]
        let key = try Sample.publicKey()
        ring.add(key, of: account)
        let held = try #require(ring[key.id])
        #expect(held.revocations.version == 0)
        ring.add(revocations, of: account, at: number(2))
        #expect(held.revocations.version == 1, "one change for all of them")
        #expect(Set(held.revocations.current.revocations) == Set(revocations.map(\.withoutReason)))
        #expect(ring.revocationCount == 2)
        #expect(ring.revocations(of: Sample.account("b")).isEmpty)
        let late = try Sample.publicKey()
        ring.add(late, of: account)
        #expect(ring[late.id]?.revocations === held.revocations, "a key that comes later shares them")
    }

    @Test("come with the snapshot, and with tombstones too")
    func snapshot() throws {
        let (key, deleted) = (try Sample.publicKey(), try Sample.publicKey())
        let revocation = try Sample.revocation()
        let ring = KeyRing(
            KeySnapshot(
                number: number(3), keys: [(account, try StoredPublicKey(key))], revoked: [(account, deleted.id)],
                revocations: [account: RevocationSet([revocation])]))
        #expect(ring[key.id]?.revocations.version == 1)
        #expect(ids(ring) == [revocation.id])
        #expect(ring[deleted.id]?.revocations === ring[key.id]?.revocations)
    }

    @Test("cost what is made of keys alone nothing")
    func versionOfKeys() throws {
        ring.add(try Sample.publicKey(), of: account)
        let version = ring.version(of: account)
        let revocation = try Sample.revocation()
        ring.add([revocation], of: account, at: number(1))
        ring.lift(revocation, of: account, at: number(2))
        try ring.apply([change(3, .added(try Sample.revocation()))])
        #expect(ring.version(of: account) == version)
        try ring.apply([change(4, .added(try StoredPublicKey(Sample.publicKey())))])
        #expect(ring.version(of: account) > version)
    }

    @Test("are lifted at once, and what is cleared stays cleared")
    func lifted() throws {
        let revocation = try Sample.revocation()
        ring.add([revocation], of: account, at: number(1))
        let live = ring.revocations(of: account)
        #expect(!live.isEmpty)
        ring.lift(revocation, of: account, at: number(2))
        #expect(ring.revocations(of: account).isEmpty && ring.revocationCount == 0)
        #expect(!live.isEmpty, "a set that somebody reads does not change")
    }

    @Test("are applied with other changes of the store, in order")
    func applied() throws {
        let revocations = try (0..<3).map { try Sample.revocation(.token, "\($0)") }
        let key = try StoredPublicKey(Sample.publicKey())
        try ring.apply([
            change(1, .added(revocations[0])), change(2, .added(key)), change(3, .added(revocations[1])),
            change(4, .lifted(revocations[0])), change(5, .added(revocations[2])),
        ])
        #expect(ids(ring) == [revocations[1].id, revocations[2].id])
        #expect(ring.number == number(5) && ring[key.id] != nil)
        try ring.apply([change(5, .added(revocations[2])), change(6, .lifted(revocations[0]))])
        #expect(ids(ring) == [revocations[1].id, revocations[2].id], "what is heard twice changes nothing")
    }

    @Test("are applied together or not at all")
    func unknownKind() throws {
        let unknown = StoreChange.Content(kind: ChangeKind(rawValue: "video_banned"), subject: "v")
        #expect(throws: StoreError.unknownChange) {
            try ring.apply([change(1, .added(try Sample.revocation())), change(2, unknown)])
        }
        #expect(ring.revocationCount == 0 && ring.number == number(0))
        ring.add([try Sample.revocation()], of: account, at: number(1))
        #expect(ring.revocationCount == 1, "and nothing of it comes later")
    }

    @Test("do not come back when the node reads of what it has lifted itself")
    func liftedHere() throws {
        let revocation = try Sample.revocation()
        ring.add([revocation], of: account, at: number(1))
        ring.lift(revocation, of: account, at: number(2))
        try ring.apply([change(1, .added(revocation))])
        #expect(ring.revocationCount == 0, "the addition is older than the lift")
        try ring.apply([change(2, .lifted(revocation))])
        #expect(ring.revocationCount == 0)
    }

    @Test("do not come back when the node is late in noting what another has lifted")
    func liftedElsewhere() throws {
        let revocation = try Sample.revocation()
        try ring.apply([change(1, .added(revocation)), change(2, .lifted(revocation))])
        ring.add([revocation], of: account, at: number(1))
        #expect(ring.revocationCount == 0)
    }

    @Test("are kept when the store has lost them, and obeyed again when it has lost a lift")
    func lostChanges() throws {
        let (kept, lifted, new) = (
            try Sample.revocation(.token, "kept"), try Sample.revocation(.token, "lifted"),
            try Sample.revocation(.token, "new")
        )
        ring.add([lifted, kept], of: account, at: number(2))
        ring.lift(lifted, of: account, at: number(3))
        ring.replace(
            with: KeySnapshot(
                number: number(1), keys: [], revoked: [],
                revocations: [account: RevocationSet([lifted, new])]))
        #expect(ids(ring) == [kept.id, lifted.id, new.id])
        #expect(ring.number == number(1))
        let other = try Sample.revocation(.token, "other")
        ring.add([other], of: account, at: number(2))
        #expect(ids(ring).contains(other.id), "numbers are given again, to other changes")
    }

    @Test("are forgotten when they have ended")
    func ended() throws {
        let revocations = try (1...3).map { try Sample.revocation(.token, "\($0)", for: .seconds($0)) }
        ring.add(revocations, of: account, at: number(3))
        let key = try Sample.publicKey()
        ring.add(key, of: account)
        let version = try #require(ring[key.id]).revocations.version
        ring.removeEndedRevocations(at: revocations[1].until - .nanoseconds(1))
        #expect(ids(ring) == [revocations[1].id, revocations[2].id])
        ring.removeEndedRevocations(at: revocations[1].until)
        #expect(ids(ring) == [revocations[2].id])
        #expect(ring[key.id]?.revocations.version == version, "no verdict becomes old by that")
    }

    @Test("are followed on other nodes, a thousand at a time")
    func follower() async throws {
        let store = MemoryKeyStore()
        let early = try Sample.revocation(.token, "early")
        try await store.add([early])
        let logger = Logger(label: "ring") { _ in SwiftLogNoOpLogHandler() }
        let source = StoreKeySource(store: store, node: NodeID(rawValue: "n"), period: .seconds(5))
        let follower = try await KeyFollower(following: source, interval: .milliseconds(1), logger: logger)
        #expect(ids(follower.ring) == [early.id])
        let task = Task { try await follower.run() }
        let late = try (0..<1_000).map { try Sample.revocation(.token, "\($0)") }
        try await store.add(late, limit: 2_000)
        try await store.lift(early.id)
        let expected = Set(late.map(\.id))
        while ids(follower.ring) != expected { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        try await task.value
    }

    @Test("leave no gap where the store has forgotten some")
    func forgotten() async throws {
        let store = MemoryKeyStore()
        let logger = Logger(label: "ring") { _ in SwiftLogNoOpLogHandler() }
        let source = StoreKeySource(store: store, node: NodeID(rawValue: "n"), period: .seconds(5))
        let follower = try await KeyFollower(following: source, interval: .milliseconds(1), logger: logger)
        let short = try Sample.revocation(for: .seconds(1))
        let long = try Sample.revocation(.token, "long")
        try await store.add([short, long])
        _ = try await store.removeEndedRevocations(by: short.until, limit: 10)
        let task = Task { try await follower.run() }
        while follower.ring.number != number(2) { try await Task.sleep(for: .milliseconds(1)) }
        #expect(ids(follower.ring) == [long.id])
        task.cancel()
        try await task.value
    }
}
