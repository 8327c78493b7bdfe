package import Logging
import ServiceLifecycle
package import StreamSigning
package import StreamSigningKeyRing
package import StreamSigningStore
import StreamSigningThreads

/// Lets the accounts' own keys follow one another. Every node does this, and the fastest leaves nothing to the others.
package struct ServiceKeyRotation: Service {
    private let schedule: ServiceKeySchedule
    private let store: any KeyStore
    private let signers: AccountSigners
    private let ring: KeyRing
    private let logger: Logger
    private let now: @Sendable () -> NumericDate

    /// A small part of ``ServiceKeySchedule/lead``.
    private static let interval: Duration = .seconds(60)

    package init(
        _ schedule: ServiceKeySchedule, store: any KeyStore, signers: AccountSigners, ring: KeyRing, logger: Logger,
        now: @escaping @Sendable () -> NumericDate
    ) {
        self.schedule = schedule
        self.store = store
        self.signers = signers
        self.ring = ring
        self.logger = logger
        self.now = now
    }

    /// Rotates until the task is cancelled or the service shuts down.
    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            var failures = RepeatedFailureLog(
                "the service's own keys cannot be rotated", recovery: "the service's own keys are rotated again",
                logger)
            for await _ in NodeThread.following.clock(every: Self.interval) {
                do throws(StoreError) {
                    try await rotate()
                    failures.noteSuccess()
                } catch {
                    failures.note(error)
                }
            }
        }
    }

    /// Makes the keys that are due, and deletes those that are over. An account whose turn fails holds up no other.
    func rotate() async throws(StoreError) {
        guard let cutoff = schedule.cutoff(at: now()) else { return }
        let accounts = Dictionary(grouping: try await store.serviceKeys(createdBy: cutoff), by: \.account)
        var failure: StoreError?
        for (account, keys) in accounts where !Task.isCancelled {
            do {
                try await rotate(keys, of: account)
            } catch {
                failure = error as? StoreError ?? StoreError(.unavailable, "account \(account): \(error)")
            }
        }
        if let failure { throw failure }
    }

    private func rotate(_ keys: [ServiceKey], of account: AccountID) async throws {
        let time = now()
        if let newest = keys.last, schedule.isFollowed(newest, at: time) {
            _ = try await signers.make(for: account, after: newest.id, at: time)
        }
        for key in ServiceKeySchedule.ended(among: keys, at: time) {
            let event = AuditEvent(
                time: time, action: .keyDeleted, account: account, subject: key.id.rawValue, actor: "service")
            do throws(StoreError) {
                _ = try await store.revoke(key.id, of: account, at: time, audit: event)
            } catch {
                // Another node may have done it, or the customer.
                guard error.code == .notFound else { throw error }
            }
            ring.revoke(key.id, of: account)
            signers.forget(key.id, of: account)
        }
    }
}
