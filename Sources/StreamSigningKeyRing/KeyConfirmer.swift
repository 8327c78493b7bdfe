import Logging
import StreamSigning
import StreamSigningStore
import Synchronization

/// Tells a source which changes are in force here, and counts the ring's keys as confirmed after each answer.
///
/// It runs apart from the reading of changes, because telling is a write: while the source's disk stalls it waits, and a
/// deletion must not wait with it. It tells one number at a time, and of those that have piled up only the newest.
final class KeyConfirmer: Sendable {
    private let source: any KeySource
    private let ring: KeyRing
    private let logger: Logger
    private let reports: AsyncStream<Observed<ChangeNumber>>
    private let newest: AsyncStream<Observed<ChangeNumber>>.Continuation
    private let hasLostChanges = Atomic<Bool>(false)

    package init(source: any KeySource, ring: KeyRing, logger: Logger) {
        self.source = source
        self.ring = ring
        self.logger = logger
        (reports, newest) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Has it told that every change up to a number is in force, and returns at once.
    package func confirm(_ observed: Observed<ChangeNumber>) {
        newest.yield(observed)
    }

    /// Whether the source has said, since this was last asked, that it has lost changes.
    func takeLoss() -> Bool {
        hasLostChanges.exchange(false, ordering: .acquiringAndReleasing)
    }

    /// Confirms until the task is cancelled.
    package func run() async {
        var failures = RepeatedFailureLog(
            "changes of keys cannot be confirmed", recovery: "changes of keys are confirmed again", logger)
        for await observed in reports {
            do throws(StoreError) {
                try await source.confirm(observed.value)
                ring.confirm(at: observed.instant)
                failures.noteSuccess()
            } catch {
                // The follower reads all keys again, and logs it.
                guard error != .lostChanges else {
                    hasLostChanges.store(true, ordering: .releasing)
                    continue
                }
                failures.note(error)
            }
        }
    }
}
