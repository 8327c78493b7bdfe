import Logging
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("A follower of keys", .timeLimit(.minutes(10)))
struct KeyFollowerTests {
    private let source = ManualKeySource()
    private let keys: [StoredPublicKey]

    init() throws {
        keys = try (0..<4).map { _ in try StoredPublicKey(Sample.publicKey()) }
    }

    private func change(_ number: Int64, _ content: StoreChange.Content) -> StoreChange {
        StoreChange(
            number: ChangeNumber(rawValue: number), account: Sample.account(), content: content, time: Sample.time)
    }

    /// Runs a follower for as long as `body` takes.
    private func follow(_ body: (KeyRing) async throws -> Void) async throws {
        let logger = Logger(label: "follower") { _ in SwiftLogNoOpLogHandler() }
        let follower = try await KeyFollower(
            following: source, maximumAge: .seconds(5), logger: logger)
        let task = Task { try await follower.run() }
        let result = await Result(catching: { () async throws in try await body(follower.ring) })
        task.cancel()
        try await task.value
        #expect(source.isRetired)
        try result.get()
    }

    /// Returns when something that other tasks bring about has happened; the time limit ends what never does.
    private func until(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test("takes changes over in their order, and says up to where")
    func order() async throws {
        source.set(changes: [
            change(1, .added(keys[0])), change(2, .added(keys[1])), change(3, .revoked(keys[0].id)),
        ])
        try await follow { ring in
            try await source.wake()
            #expect(ring[keys[0].id]?.isRevoked == true)
            #expect(ring[keys[1].id]?.isRevoked == false)
            #expect(ring.number.rawValue == 3)
            try await until { source.confirmed.last == 3 }
        }
    }

    @Test("takes nothing over that has a gap, or is out of order, and counts nothing as confirmed")
    func gaps() async throws {
        try await follow { ring in
            let start = ring.freshness.confirmed
            for broken in [[2], [1, 3], [2, 1], [1, 1]] {
                source.set(changes: broken.map { change(Int64($0), .added(keys[$0])) })
                source.set(instant: .now)
                try await source.wake()
                #expect(ring.liveCount == 0 && ring.number.rawValue == 0)
                #expect(ring.freshness.confirmed == start)
            }
            #expect(source.confirmed == [0])
            source.set(changes: [change(1, .added(keys[0]))])
            try await source.wake()
            #expect(ring.liveCount == 1)
            try await until { ring.freshness.confirmed > start }
        }
    }

    @Test("revokes what was compacted while it was behind, and takes over the rest")
    func compacted() async throws {
        let (behind, other) = (keys[0].id, KeyFingerprint(rawValue: 7))
        try await follow { ring in
            source.set(changes: [change(1, .added(keys[0])), change(2, .added(keys[1]))])
            try await source.wake()
            let known = ring[behind]
            // The third change was another key's, which came and went; with the fourth the first key was deleted.
            source.set(changes: [
                change(5, .added(keys[2])),
                change(6, .compacted([Sample.account(): [try KeyFingerprint(of: behind), other]], count: 4)),
                change(7, .added(keys[3])),
            ])
            try await source.wake()
            #expect(known?.isRevoked == true && ring[behind]?.isRevoked == true)
            #expect(keys[1...].allSatisfy { ring[$0.id]?.isRevoked == false })
            #expect(ring.liveCount == 3 && ring.number.rawValue == 7)
            try await until { source.confirmed.last == 7 }
        }
    }

    @Test("gives a freed id to the key that has it next, once")
    func released() async throws {
        let id = keys[0].id
        let next = try StoredPublicKey(Sample.publicKey(id: id))
        let released = [
            change(1, .added(keys[0])), change(2, .revoked(id)), change(3, .released(id)), change(4, .added(next)),
        ]
        try await follow { ring in
            source.set(changes: Array(released[..<2]))
            try await source.wake()
            #expect(ring[id]?.isRevoked == true)
            source.set(changes: Array(released[2...]))
            try await source.wake()
            #expect(ring[id]?.isRevoked == false)
            // A change that is heard of again, after a later one, takes no deletion back.
            ring.revoke(id, of: Sample.account())
            try ring.apply(released)
            #expect(ring[id]?.isRevoked == true && ring.liveCount == 0)
        }
    }

    @Test("takes changes over while a note of earlier ones does not come through")
    func stalledNotes() async throws {
        try await follow { ring in
            let start = ring.freshness.confirmed
            source.set(isStalled: true)
            source.set(instant: .now)
            source.set(changes: [change(1, .added(keys[0]))])
            try await source.wake()
            source.set(changes: [change(1, .added(keys[0])), change(2, .revoked(keys[0].id))])
            try await source.wake()
            #expect(ring[keys[0].id]?.isRevoked == true)
            // In force, and yet nothing that others may count on.
            #expect(ring.freshness.confirmed == start && source.confirmed == [0])
            source.set(isStalled: false)
            try await until { source.confirmed.last == 2 && ring.freshness.confirmed > start }
        }
    }

    @Test("counts keys as of the moment before it asked, however late the answer is")
    func lateAnswers() async throws {
        try await follow { ring in
            let asked = ContinuousClock.now + .seconds(1)
            source.set(instant: asked)
            try await source.wake()
            try await until { ring.freshness.confirmed == asked }
            #expect(!ring.freshness.isStale(at: asked + .seconds(5)))
            #expect(ring.freshness.isStale(at: asked + .seconds(5) + .nanoseconds(1)))
            // An older answer that comes behind a newer one takes nothing back.
            source.set(instant: asked - .seconds(1))
            source.set(changes: [change(1, .added(keys[0]))])
            try await source.wake()
            try await until { source.confirmed.last == 1 }
            #expect(ring.freshness.confirmed == asked)
        }
    }

    @Test("goes on after failures, and confirms nothing while there are any")
    func failures() async throws {
        source.set(changes: [change(1, .added(keys[0]))])
        try await follow { ring in
            let start = ring.freshness.confirmed
            source.set(instant: .now)
            source.set(failure: StoreError(.unavailable, "as the test wants"))
            try await source.wake()
            #expect(ring.number.rawValue == 0 && ring.freshness.confirmed == start)
            source.set(failure: nil)
            source.set(refusal: StoreError(.unavailable, "as the test wants"))
            try await source.wake()
            // In force, but nobody else knows: others would not wait for this node.
            try await until { source.refusals > 0 }
            #expect(ring.number.rawValue == 1 && ring.freshness.confirmed == start)
            source.set(refusal: nil)
            try await source.wake()
            try await until { ring.freshness.confirmed > start }
        }
    }

    @Test("starts again when the source has lost changes, and takes no deletion back")
    func lostChanges() async throws {
        source.set(changes: [
            change(1, .added(keys[0])), change(2, .added(keys[1])), change(3, .revoked(keys[0].id)),
            change(4, .added(keys[2])),
        ])
        try await follow { ring in
            try await source.wake()
            // What is left knows nothing of the third change and those after it; another one has taken its number.
            source.set(
                snapshot: KeySnapshot(
                    number: ChangeNumber(rawValue: 3),
                    keys: [keys[0], keys[1], keys[3]].map { (Sample.account(), $0) }, revoked: []))
            source.set(changes: [])
            source.set(failure: .lostChanges)
            try await source.wake()
            #expect(ring.number.rawValue == 3)
            #expect(keys.map { ring[$0.id]?.isRevoked } == [true, false, true, false])
            source.set(failure: nil)
            source.set(changes: [change(4, .revoked(keys[1].id))])
            try await source.wake()
            #expect(ring[keys[1].id]?.isRevoked == true)
        }
    }

    @Test("starts again when the source says of a note that it has lost changes")
    func lostChangesOfANote() async throws {
        source.set(changes: [change(1, .added(keys[0])), change(2, .added(keys[1]))])
        try await follow { ring in
            try await source.wake()
            source.set(
                snapshot: KeySnapshot(
                    number: ChangeNumber(rawValue: 1), keys: [(Sample.account(), keys[0])], revoked: []))
            source.set(changes: [])
            source.set(refusal: .lostChanges)
            try await source.wake()
            while ring.number.rawValue != 1 { try await source.wake() }
            source.set(refusal: nil)
            try await source.wake()
            #expect(keys[...1].map { ring[$0.id]?.isRevoked } == [false, true])
            try await until { source.confirmed.last == 1 }
        }
    }

    @Test("goes no further than a change that it does not understand, and grows stale")
    func unknownKind() async throws {
        try await follow { ring in
            let confirmed = ring.freshness.confirmed
            let unknown = StoreChange.Content(kind: ChangeKind(rawValue: "viewer_revoked"), subject: "viewer 7")
            source.set(changes: [change(1, .added(keys[0])), change(2, unknown), change(3, .added(keys[1]))])
            source.set(instant: confirmed + .seconds(1))
            try await source.wake()
            try await source.wake()
            #expect(ring.number.rawValue == 0 && ring.freshness.confirmed == confirmed)
        }
    }

    @Test("wakes those who wait for a change, and nobody for nothing")
    func bell() async throws {
        try await follow { ring in
            let waiting = Task {
                await ring.bell.wait(atMost: .seconds(60)) { ring.number.rawValue == 1 }
                return ring.number.rawValue
            }
            try await source.wake()
            source.set(changes: [change(1, .added(keys[0]))])
            try await source.wake()
            #expect(await waiting.value == 1)
            let began = ContinuousClock.now
            await ring.bell.wait(atMost: .milliseconds(20)) { ring.number.rawValue == 2 }
            #expect(ContinuousClock.now - began >= .milliseconds(20))
        }
    }
}
