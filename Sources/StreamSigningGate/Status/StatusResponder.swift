package import NIOCore
package import NIOHTTP1
package import StreamSigning
package import StreamSigningHTTP
import StreamSigningKeyRing

/// What a gate without a store answers besides players: probes and scrapers.
package final class StatusResponder: HTTPResponder {
    private let status: NodeStatus
    private let metrics: GateMetrics
    private let executor: EventLoopExecutor
    private let now: @Sendable () -> NumericDate
    private let dateField = HTTPDateField()

    package init(
        status: NodeStatus, metrics: GateMetrics, on eventLoop: any EventLoop,
        now: @escaping @Sendable () -> NumericDate
    ) {
        self.status = status
        self.metrics = metrics
        self.now = now
        executor = EventLoopExecutor(eventLoop)
    }

    package var date: String { dateField.text(at: now()) }

    package func peer(_ address: SocketAddress?) {}

    package func reply(to head: HTTPRequestHead, from peer: Void) -> HTTPReply {
        guard head.method == .GET || head.method == .HEAD else { return .now(Self.notFound) }
        return switch head.uri.prefix(while: { $0 != "?" }) {
        case "/healthz": .now(.plain("ok\n"))
        case "/readyz": executor.reply { [status] in await status.readiness() }
        case "/metrics":
            executor.reply { [status, metrics] in
                var text = MetricsText()
                metrics.write(to: &text, ring: status.ring)
                await status.write(to: &text)
                return .plain(text.text)
            }
        default: .now(Self.notFound)
        }
    }

    private static let notFound = HTTPAnswer.plain(
        "a gate that is fed by other nodes has no API: ask those\n", .notFound)

    package func answer(to problem: HTTPProblem, from peer: Void) -> HTTPAnswer {
        .plain(problem.reason(bodyLimit: 0) + "\n", problem.status)
    }
}
