package import Logging
import ServiceLifecycle
package import StreamSigning
package import StreamSigningStore
import StreamSigningThreads

/// Forgets revocations that have ended. They don't count from their end on, whether they are forgotten or not.
package struct RevocationExpiry: Service {
    private let ring: KeyRing
    private let store: (any RevocationStore)?
    private let logger: Logger
    private let now: @Sendable () -> NumericDate

    private static let interval: Duration = .seconds(10)
    /// How many the store forgets in one transaction, while others wait.
    private static let batch = 500
    /// Between two transactions, for those others.
    private static let pause: Duration = .milliseconds(100)

    /// - Parameter store: nil on a gate that other nodes feed.
    package init(
        ring: KeyRing, store: (any RevocationStore)?, logger: Logger, now: @escaping @Sendable () -> NumericDate
    ) {
        self.ring = ring
        self.store = store
        self.logger = logger
        self.now = now
    }

    /// Forgets until the task is cancelled or the service shuts down.
    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            var failures = RepeatedFailureLog(
                "revocations that have ended cannot be removed", recovery: "ended revocations are removed again",
                logger)
            for await _ in NodeThread.following.clock(every: Self.interval) {
                ring.removeEndedRevocations(at: now())
                do throws(StoreError) {
                    try await removeFromStore()
                    failures.noteSuccess()
                } catch {
                    failures.note(error)
                }
            }
        }
    }

    /// As many as have ended. All nodes of a store do this; the first leaves nothing to the others.
    func removeFromStore() async throws(StoreError) {
        guard let store else { return }
        // One that has ended here may still count on a node that starts elsewhere.
        let time = now() - NodeClocks.tolerance
        while try await store.removeEndedRevocations(by: time, limit: Self.batch) == Self.batch {
            guard (try? await Task.sleep(for: Self.pause)) != nil else { return }
        }
    }
}
