import StreamSigningHTTP
import StreamSigningOperations
import Synchronization

/// Counts what the API does.
///
/// Our own because one lock and a small table cost less than the registry of handlers of swift-metrics.
package final class ServiceMetrics: Sendable {
    private struct Series: Hashable {
        let route: String
        let status: Int
    }

    private struct State {
        var requests: [Series: Int] = [:]
        var latencies: [String: Histogram] = [:]
        var signatures = 0
    }

    private static let noLatencies = Histogram(
        bounds: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5])

    private let state = Mutex(State())

    package init() {}

    func count(route: String, status: Int, duration: Duration) {
        state.withLock { state in
            state.requests[Series(route: route, status: status), default: 0] += 1
            state.latencies[route, default: Self.noLatencies].note(duration)
        }
    }

    func countSignature() {
        state.withLock { $0.signatures += 1 }
    }

    func write(to text: inout MetricsText, readyKeys: Int, work: AccountWork) {
        let state = state.withLock { $0 }
        text.begin(.counter, "http_requests_total", "Requests answered, by route and status.")
        for (series, count) in state.requests.sorted(by: {
            ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
        }) {
            text.add(count, ["route": series.route, "status": "\(series.status)"])
        }
        text.begin(.histogram, "http_request_duration_seconds", "Time from head to answer, by route.")
        for (route, latencies) in state.latencies.sorted(by: { $0.key < $1.key }) {
            text.add(latencies, ["route": route])
        }
        text.begin(.counter, "signatures_total", "Tokens signed by the token endpoint.")
        text.add(state.signatures)
        text.begin(.gauge, "ready_keys", "Keys made in advance and not yet given out.")
        text.add(readyKeys)
        text.begin(.gauge, "work_waiting", "Keys to check and large bodies to read that wait for their account's turn.")
        text.add(work.waiting)
        text.begin(.counter, "work_refused_total", "Of those, how many were refused because too many waited.")
        text.add(work.refused)
    }
}
