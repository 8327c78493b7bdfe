import Logging
import NIOCore
import StreamSigning
import Synchronization

/// Counts the headers of the PROXY protocol, and has the log say when they are not what they should be: most often, a proxy is not
/// set up to send them.
final class ProxyHeaderReports: Sendable {
    /// Between two warnings.
    private static let pause = TimeAmount.minutes(1)

    private let metrics: ConnectionMetrics
    private let logger: Logger
    private let nextWarning = Mutex(NIODeadline.uptimeNanoseconds(0))

    init(_ metrics: ConnectionMetrics, _ logger: Logger) {
        self.metrics = metrics
        self.logger = logger
    }

    /// - Parameter proxy: who was to send the header.
    func note(_ outcome: ProxyHeaderHandler.Outcome, from proxy: IPAddress?) {
        metrics.noteProxyHeader(outcome)
        guard outcome != .read else { return }
        let isDue = nextWarning.withLock { next in
            guard next <= .now() else { return false }
            next = .now() + Self.pause
            return true
        }
        guard isDue else { return }
        logger.warning(
            "a trusted proxy began a connection without a header of the PROXY protocol",
            metadata: [
                "listener": "\(metrics.listener.rawValue)", "address": "\(proxy.map { "\($0)" } ?? "-")",
                "header": "\(outcome.rawValue)",
            ])
    }
}
