package import StreamSigning
import Synchronization

/// Counts what the gate does, on all event loops.
package final class GateMetrics: Sendable {
    /// What becomes of a request.
    package enum Outcome: Sendable {
        case allowed
        case denied(Denial.Code)
        /// Neither: no such file, no such method, no HTTP.
        case other
    }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    private let allowed = Counter()
    private let other = Counter()
    private let denied: [Denial.Code: Counter]
    private let hits = Atomic<Int>(0)
    private let misses = Atomic<Int>(0)
    private let entries = Atomic<Int>(0)

    package init() {
        denied = Dictionary(uniqueKeysWithValues: Denial.Code.allCases.map { ($0, Counter()) })
    }

    func count(_ outcome: Outcome) {
        let counter =
            switch outcome {
            case .allowed: allowed
            case .denied(let code): denied[code] ?? other
            case .other: other
            }
        counter.value.wrappingAdd(1, ordering: .relaxed)
    }

    /// Adds what a cache did since it was last asked.
    func countCache(hits: Int, misses: Int, entries: Int) {
        self.hits.wrappingAdd(hits, ordering: .relaxed)
        self.misses.wrappingAdd(misses, ordering: .relaxed)
        self.entries.wrappingAdd(entries, ordering: .relaxed)
    }

    /// The exposition text (Prometheus text format 0.0.4).
    package func exposition(liveKeys: Int) -> String {
        var text = ""
        func family(_ name: String, _ type: String, _ help: String) {
            text += "# HELP streamsign_\(name) \(help)\n# TYPE streamsign_\(name) \(type)\n"
        }
        func sample(_ name: String, _ value: Int) {
            text += "streamsign_\(name) \(value)\n"
        }
        family("gate_requests_total", "counter", "Requests decided by the gate, by outcome.")
        let outcomes =
            [("allowed", allowed), ("other", other)]
            + Denial.Code.allCases.compactMap { code in
                denied[code].map { (code.rawValue, $0) }
            }
        for (name, counter) in outcomes {
            sample("gate_requests_total{outcome=\"\(name)\"}", counter.value.load(ordering: .relaxed))
        }
        family("gate_cache_lookups_total", "counter", "Decisions, by whether the token was known to be genuine.")
        sample("gate_cache_lookups_total{result=\"hit\"}", hits.load(ordering: .relaxed))
        sample("gate_cache_lookups_total{result=\"miss\"}", misses.load(ordering: .relaxed))
        family("gate_cached_tokens", "gauge", "Tokens known to be genuine.")
        sample("gate_cached_tokens", entries.load(ordering: .relaxed))
        family("live_keys", "gauge", "Keys that are trusted.")
        sample("live_keys", liveKeys)
        return text
    }
}
