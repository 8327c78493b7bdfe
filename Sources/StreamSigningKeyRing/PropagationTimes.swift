package import StreamSigning
package import StreamSigningStore
import Synchronization

/// How long changes take from the node that makes them to this one, in the text format that Prometheus scrapes.
package final class PropagationTimes: Sendable {
    private struct State {
        var buckets = [Int](repeating: 0, count: PropagationTimes.bounds.count)
        var count = 0
        var seconds = 0.0
    }

    /// Upper bounds in seconds.
    private static let bounds = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    private let state = Mutex(State())

    /// Notes changes that have come into force here. Clocks of two machines that disagree show: what seems to come before it
    /// was made counts as 0.
    package func note(_ changes: [StoreChange], at now: NumericDate) {
        state.withLock { state in
            for change in changes {
                let components = (now - change.time).components
                let seconds = max(0, Double(components.seconds) + Double(components.attoseconds) / 1e18)
                if let bucket = Self.bounds.firstIndex(where: { seconds <= $0 }) { state.buckets[bucket] += 1 }
                state.count += 1
                state.seconds += seconds
            }
        }
    }

    /// The lines of the histogram.
    package func exposition() -> String {
        let state = state.withLock { $0 }
        let name = "streamsign_change_propagation_seconds"
        var text = "# HELP \(name) Time from a change of a key to its being in force on this node.\n"
        text += "# TYPE \(name) histogram\n"
        var sum = 0
        for (bound, count) in zip(Self.bounds, state.buckets) {
            sum += count
            text += "\(name)_bucket{le=\"\(bound)\"} \(sum)\n"
        }
        text += "\(name)_bucket{le=\"+Inf\"} \(state.count)\n\(name)_sum \(state.seconds)\n"
        return text + "\(name)_count \(state.count)\n"
    }
}
