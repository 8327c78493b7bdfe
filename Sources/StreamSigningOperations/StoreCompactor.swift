package import Logging
import ServiceLifecycle
package import StreamSigningKeyRing
package import StreamSigningStore

/// Has the store keep less of what is long over, whenever enough of it has come together.
package struct StoreCompactor: Service {
    private let store: any CompactingStore
    private let ring: KeyRing
    private let limits: CompactionLimits
    private let pause: Duration
    private let logger: Logger

    /// - Parameters:
    ///   - ring: says, without asking the store, how much has changed.
    ///   - pause: how long to wait after a failure.
    package init(
        store: any CompactingStore, ring: KeyRing, limits: CompactionLimits = CompactionLimits(),
        pause: Duration = .seconds(5), logger: Logger
    ) {
        self.store = store
        self.ring = ring
        self.limits = limits
        self.pause = pause
        self.logger = logger
    }

    /// Compacts until the task is cancelled or the service shuts down.
    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            var failures = RepeatedFailureLog(
                "the store cannot be compacted", recovery: "the store is compacted again", logger)
            while !Task.isCancelled {
                let number = ring.number
                do throws(StoreError) {
                    try await compactAll()
                    failures.noteSuccess()
                    await waitForChanges(after: number)
                } catch {
                    failures.note(error)
                    try? await Task.sleep(for: pause)
                }
            }
        }
    }

    /// Until there are some, or for a minute: another node may have kept the store from removing anything.
    private func waitForChanges(after number: ChangeNumber) async {
        let next = ChangeNumber(rawValue: number.rawValue + Int64(max(1, limits.changesAtATime / 8)))
        await ring.bell.wait(atMost: .seconds(60)) { [ring] in ring.number >= next }
    }

    /// With a pause after each part, so that other writers get their turn.
    private func compactAll() async throws(StoreError) {
        while !Task.isCancelled, try await store.compact(limits) {
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}
