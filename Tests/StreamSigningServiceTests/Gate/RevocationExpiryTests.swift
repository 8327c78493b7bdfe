import Logging
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("The expiry of revocations", .timeLimit(.minutes(10)))
struct RevocationExpiryTests {
    private let clock = ManualClock(now: Sample.time)
    private let logger = Logger(label: "expiry") { _ in SwiftLogNoOpLogHandler() }

    @Test("waits in the store until no clock can count them any more")
    func tolerance() async throws {
        let store = MemoryKeyStore()
        let ring = try await KeyRing(store.snapshot())
        let expiry = RevocationExpiry(ring: ring, store: store, logger: logger) { [clock] in clock.now }
        let revocation = try Sample.revocation(for: .seconds(10))
        try await store.add([revocation])
        clock.now = revocation.until + .seconds(300) - .seconds(1)
        try await expiry.removeFromStore()
        #expect(try await store.archive().revocations.count == 1)
        clock.now = revocation.until + .seconds(300)
        try await expiry.removeFromStore()
        #expect(try await store.archive().revocations.isEmpty)
    }

    @Test("goes on until all are gone that have ended")
    func batches() async throws {
        let store = MemoryKeyStore()
        let ring = try await KeyRing(store.snapshot())
        let expiry = RevocationExpiry(ring: ring, store: store, logger: logger) { [clock] in clock.now }
        try await store.add(try (0..<600).map { try Sample.revocation(.token, "\($0)", for: .seconds(1)) })
        clock.now = Sample.time + .seconds(3_600)
        try await expiry.removeFromStore()
        #expect(try await store.archive().revocations.isEmpty)
        #expect(try await store.allChanges().map(\.number.rawValue) == [600], "one change is left in their place")
    }

    @Test("empties the memory of a gate without a store as well, and goes on after a failure")
    func running() async throws {
        let store = FailingKeyStore(MemoryKeyStore())
        let revocation = try Sample.revocation(for: .seconds(1))
        try await store.add([revocation])
        clock.now = Sample.time + .seconds(3_600)
        for store in [store, nil] {
            let ring = KeyRing(KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []))
            ring.add([revocation], of: Sample.account(), at: ChangeNumber(rawValue: 1))
            store?.fail(atCall: 1)
            let expiry = RevocationExpiry(ring: ring, store: store, logger: logger) { [clock] in clock.now }
            let task = Task { try await expiry.run() }
            while ring.revocationCount > 0 { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            try await task.value
        }
    }
}
