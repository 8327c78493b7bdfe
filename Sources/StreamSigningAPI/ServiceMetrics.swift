import StreamSigning
import Synchronization

/// Counts what the service does, in the text format that Prometheus scrapes.
///
/// Our own because one lock and a small table cost less than the registry of handlers of swift-metrics.
package final class ServiceMetrics: Sendable {
    private struct Series: Hashable {
        let route: String
        let status: Int
    }

    private struct Histogram {
        var buckets = [Int](repeating: 0, count: ServiceMetrics.bounds.count)
        var count = 0
        var seconds = 0.0

        mutating func add(_ duration: Double) {
            if let bucket = ServiceMetrics.bounds.firstIndex(where: { duration <= $0 }) { buckets[bucket] += 1 }
            count += 1
            seconds += duration
        }
    }

    private struct State {
        var requests: [Series: Int] = [:]
        var latencies: [String: Histogram] = [:]
        var signatures = 0
    }

    /// Upper bounds of the latency buckets, in seconds.
    static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

    private let state = Mutex(State())

    package init() {}

    func count(route: String, status: Int, duration: Duration) {
        let seconds = duration.inSeconds
        state.withLock { state in
            state.requests[Series(route: route, status: status), default: 0] += 1
            state.latencies[route, default: Histogram()].add(seconds)
        }
    }

    func countSignature() {
        state.withLock { $0.signatures += 1 }
    }

    /// The exposition text (Prometheus text format 0.0.4).
    func exposition(readyKeys: Int) -> String {
        let state = state.withLock { $0 }
        var text = ""
        func family(_ name: String, _ type: String, _ help: String) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        }
        family("streamsign_http_requests_total", "counter", "Requests answered, by route and status.")
        for (series, count) in state.requests.sorted(by: {
            ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
        }) {
            text +=
                "streamsign_http_requests_total{route=\"\(series.route)\",status=\"\(series.status)\"} \(count)\n"
        }
        family("streamsign_http_request_duration_seconds", "histogram", "Time from head to answer, by route.")
        for (route, histogram) in state.latencies.sorted(by: { $0.key < $1.key }) {
            text += Self.lines(route, histogram)
        }
        family("streamsign_signatures_total", "counter", "Tokens signed by the token endpoint.")
        text += "streamsign_signatures_total \(state.signatures)\n"
        family("streamsign_ready_keys", "gauge", "Keys made in advance and not yet given out.")
        text += "streamsign_ready_keys \(readyKeys)\n"
        return text
    }

    private static func lines(_ route: String, _ histogram: Histogram) -> String {
        let name = "streamsign_http_request_duration_seconds"
        var text = ""
        var sum = 0
        for (bound, count) in zip(bounds, histogram.buckets) {
            sum += count
            text += "\(name)_bucket{route=\"\(route)\",le=\"\(bound)\"} \(sum)\n"
        }
        text += "\(name)_bucket{route=\"\(route)\",le=\"+Inf\"} \(histogram.count)\n"
        text += "\(name)_sum{route=\"\(route)\"} \(histogram.seconds)\n"
        return text + "\(name)_count{route=\"\(route)\"} \(histogram.count)\n"
    }
}
