import Logging
import StreamSigning
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("The compaction of a store in a running service", .timeLimit(.minutes(10)))
struct StoreCompactorTests {
    private let logger = Logger(label: "compactor") { _ in SwiftLogNoOpLogHandler() }

    @Test("goes on while there is something to do, after failures too, and begins again after changes")
    func run() async throws {
        let store = MemoryKeyStore()
        let failing = FailingKeyStore(store)
        _ = try await KeyStoreContract.Churn(in: store)
        let ring = KeyRing(try await store.snapshot())
        failing.fail(atCall: 2)
        let compactor = StoreCompactor(
            store: failing, ring: ring, limits: .few, pause: .milliseconds(1), logger: logger)
        let task = Task { try await compactor.run() }
        while try await store.snapshot().revoked.count > 3 { try await Task.sleep(for: .milliseconds(1)) }
        // Before there is more to do: it may not have come to rest yet.
        let deleted = try await store.snapshot().compacted.count
        for _ in 0..<4 {
            let key = try Sample.key()
            try await store.add(key)
            try await store.delete(key.key.id)
        }
        try ring.apply(try await store.allChanges(after: ring.number.rawValue))
        while try await store.snapshot().compacted.count == deleted { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        try await task.value
        #expect(failing.calls > 3)
        try await store.archive().check()
    }
}
