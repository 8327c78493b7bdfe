import StreamSigning
package import StreamSigningHTTP
package import StreamSigningKeyRing
import Synchronization

/// Counts what the gate does, on all event loops.
package final class GateMetrics: Sendable {
    /// What becomes of a request.
    enum Outcome {
        case allowed
        case denied(Denial.Code)
        /// No token was looked at: a wrong method, a page, bytes that are not HTTP.
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
    private let manifests = Dictionary(uniqueKeysWithValues: ManifestOutcome.allCases.map { ($0, Counter()) })
    private let sessionsMade = Atomic<Int>(0)
    private let sessionsFailed = Atomic<Int>(0)

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

    /// Counts an answer about a manifest.
    func count(_ outcome: ManifestOutcome) {
        manifests[outcome]?.value.wrappingAdd(1, ordering: .relaxed)
    }

    /// Counts an attempt to begin a session with a good token.
    func countSession(isMade: Bool) {
        if isMade {
            sessionsMade.wrappingAdd(1, ordering: .relaxed)
        } else {
            sessionsFailed.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// Adds what a cache did since it was last asked.
    func countCache(hits: Int, misses: Int, entries: Int) {
        self.hits.wrappingAdd(hits, ordering: .relaxed)
        self.misses.wrappingAdd(misses, ordering: .relaxed)
        self.entries.wrappingAdd(entries, ordering: .relaxed)
    }

    package func write(to text: inout MetricsText, ring: KeyRing) {
        text.begin(.counter, "gate_requests_total", "Requests decided by the gate, by outcome.")
        let outcomes =
            [("allowed", allowed), ("other", other)]
            + Denial.Code.allCases.compactMap { code in denied[code].map { (code.rawValue, $0) } }
        for (name, counter) in outcomes {
            text.add(counter.value.load(ordering: .relaxed), ["outcome": name])
        }
        text.begin(.counter, "gate_cache_lookups_total", "Decisions, by whether the token was known to be genuine.")
        text.add(hits.load(ordering: .relaxed), ["result": "hit"])
        text.add(misses.load(ordering: .relaxed), ["result": "miss"])
        text.begin(.gauge, "gate_cached_tokens", "Tokens known to be genuine.")
        text.add(entries.load(ordering: .relaxed))
        text.begin(.counter, "gate_sessions_total", "Sessions begun with good tokens, by result.")
        text.add(sessionsMade.load(ordering: .relaxed), ["result": "made"])
        text.add(sessionsFailed.load(ordering: .relaxed), ["result": "unavailable"])
        text.begin(.counter, "gate_manifests_total", "Answers about manifests, by what became of the URLs in them.")
        for outcome in ManifestOutcome.allCases {
            text.add(manifests[outcome]?.value.load(ordering: .relaxed) ?? 0, ["urls": outcome.rawValue])
        }
        text.begin(.gauge, "live_keys", "Keys that are trusted.")
        text.add(ring.liveCount)
        text.begin(.gauge, "live_revocations", "Revocations of tokens, sessions, viewers and videos that are obeyed.")
        text.add(ring.revocationCount)
    }
}
