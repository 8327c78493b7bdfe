package import NIOHTTP1
package import StreamSigning
package import StreamSigningHTTP
import StreamSigningKeyRing

/// What a gate without a store answers besides players: probes and scrapers.
package final class StatusResponder: HTTPResponder {
    private let status: NodeStatus
    private let metrics: GateMetrics
    private let now: @Sendable () -> NumericDate
    private let dateField = HTTPDateField()

    package init(
        status: NodeStatus, metrics: GateMetrics, now: @escaping @Sendable () -> NumericDate
    ) {
        self.status = status
        self.metrics = metrics
        self.now = now
    }

    package var date: String { dateField.text(at: now()) }

    package func reply(to head: HTTPRequestHead, from peer: Peer) -> HTTPReply {
        guard head.method == .GET || head.method == .HEAD else { return .now(Self.notFound) }
        return switch head.uri.prefix(while: { $0 != "?" }) {
        case "/healthz": .now(.plain("ok\n"))
        case "/readyz": .now(status.readiness())
        case "/metrics": .now(.plain(metricsText))
        default: .now(Self.notFound)
        }
    }

    private var metricsText: String {
        var text = MetricsText()
        metrics.write(to: &text, ring: status.ring)
        status.write(to: &text)
        return text.text
    }

    private static let notFound = HTTPAnswer.plain(
        "a gate that is fed by other nodes has no API: ask those\n", .notFound)

    package func answer(to problem: HTTPProblem, from peer: Peer) -> HTTPAnswer {
        .plain(problem.reason(bodyLimit: 0) + "\n", problem.status)
    }
}
