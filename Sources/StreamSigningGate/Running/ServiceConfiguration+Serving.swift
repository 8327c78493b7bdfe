package import Logging
package import NIOCore
import NIOPosix
package import ServiceLifecycle
package import StreamSigningHTTP

extension ServiceConfiguration {
    /// Serves HTTP within the limits, encrypted if there is a certificate, and runs other services beside it, until a graceful
    /// shutdown; then finishes what was accepted.
    /// - Parameters:
    ///   - onRunning: called with the port once requests are accepted.
    ///   - responder: what answers on an event loop.
    /// - Throws: ``ServiceFailure``
    package func serve<Responder: HTTPResponder>(
        beside services: [(any Service)?], logger: Logger,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void,
        _ responder: @escaping @Sendable (any EventLoop) -> Responder
    ) async throws {
        // Threads of its own, so that viewers at the gate never wait behind a signature.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        do {
            let timeout = TimeAmount.nanoseconds(limits.requestTimeout.nanoseconds)
            let times = ConnectionTimes(
                idle: .nanoseconds(limits.idleTimeout.nanoseconds), request: timeout, stall: timeout,
                patience: .seconds(20))
            let listener = Listener(
                host: host, port: port, tls: try tls?.context(), limits: limits, times: times, on: group,
                onRunning: onRunning, responder)
            // The last one stops first: what answers needs the others until then.
            try await ServiceGroup(services: services.compactMap { $0 } + [listener], logger: logger).run()
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try? await group.shutdownGracefully()
    }
}
