package import StreamSigning
import StreamSigningHTTP
package import StreamSigningStore
import Synchronization

/// How long changes take from the node that makes them to this one.
package final class PropagationTimes: Sendable {
    private let times = Mutex(Histogram(bounds: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]))

    package init() {}

    /// Notes changes that have come into force here. If the clocks of two machines disagree, a change may seem to arrive before
    /// it was made; that counts as no time. A compaction has the time of what it has replaced.
    package func note(_ changes: [StoreChange], at now: NumericDate) {
        times.withLock { times in
            for change in changes where change.content.kind != .keysCompacted { times.note(now - change.time) }
        }
    }

    func write(to text: inout MetricsText) {
        text.begin(
            .histogram, "change_propagation_seconds",
            "Time from a change of a key to its being in force on this node.")
        text.add(times.withLock { $0 })
    }
}
