import Logging
import StreamSigning
import StreamSigningStore
import Synchronization

/// Tells a source which changes are in force here, and counts the ring's keys as confirmed behind each answer.
///
/// Beside the reading of changes, because telling is a write: while the source's disk stalls it waits, and a deletion must not
/// wait with it. One at a time, and of what has piled up meanwhile only the newest.
final class KeyConfirmer: Sendable {
    private let source: any KeySource
    private let ring: KeyRing
    private let logger: Logger
    private let sightings: AsyncStream<Sighting<ChangeNumber>>
    private let newest: AsyncStream<Sighting<ChangeNumber>>.Continuation
    private let hasLostChanges = Atomic<Bool>(false)

    package init(source: any KeySource, ring: KeyRing, logger: Logger) {
        self.source = source
        self.ring = ring
        self.logger = logger
        (sightings, newest) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Has it told that every change up to a number is in force, and returns at once.
    package func confirm(_ sighting: Sighting<ChangeNumber>) {
        newest.yield(sighting)
    }

    /// Whether the source has said, since this was last asked, that it has lost changes.
    func takeLoss() -> Bool {
        hasLostChanges.exchange(false, ordering: .acquiringAndReleasing)
    }

    /// Confirms until the task is cancelled.
    package func run() async {
        var complaint = Complaint(
            "changes of keys cannot be confirmed", over: "changes of keys are confirmed again", logger)
        for await sighting in sightings {
            do throws(StoreError) {
                try await source.confirm(sighting.value)
                ring.confirm(at: sighting.instant)
                complaint.isOver()
            } catch {
                // Whoever reads the changes reads all keys anew, and says so.
                guard error != .lostChanges else {
                    hasLostChanges.store(true, ordering: .releasing)
                    continue
                }
                complaint.hold(error)
            }
        }
    }
}
