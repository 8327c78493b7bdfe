package import Logging
package import NIOCore
import NIOPosix
package import ServiceLifecycle
import StreamSigning
package import StreamSigningHTTP

extension ServiceConfiguration {
    /// Takes all addresses first, so that a service with one that is taken does nothing at all. Then runs the gate and other
    /// services and answers requests, until a graceful shutdown; then finishes what was accepted.
    /// - Parameters:
    ///   - tls: the certificate; nil for plain HTTP.
    ///   - metrics: counts the connections.
    ///   - onListening: called once every address is taken, before any request is answered.
    ///   - responder: makes the responder of an event loop.
    /// - Throws: ``ServiceFailure`` for an address that cannot be used.
    package func serve(
        gate: GateServer?, beside services: [(any Service)?], tls: CertificateFollower?, metrics: ConnectionMetrics,
        logger: Logger, onListening: @Sendable (ListeningPorts) async throws -> Void,
        _ responder: @escaping @Sendable (any EventLoop) -> any HTTPResponder
    ) async throws {
        // The library is opened and tested here, so that no event loop does it.
        let operations = MultiBufferRSA.status
        // Threads of its own, so that viewers at the gate never wait for a signature.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        do {
            try await serve(
                listener(tls, metrics, logger, on: group, responder), gate, beside: services + [tls, MemoryReturn()],
                logger: logger
            ) { ports in
                logger.info("RSA operations", metadata: ["at a time": "\(operations)"])
                try await onListening(ports)
            }
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try? await group.shutdownGracefully()
    }

    private func serve(
        _ listener: Listener, _ gate: GateServer?, beside services: [(any Service)?], logger: Logger,
        onListening: @Sendable (ListeningPorts) async throws -> Void
    ) async throws {
        let api = try await listener.bind()
        var listeners = [api]
        do {
            let gate = try await gate?.bind()
            if let gate { listeners.insert(gate, at: 0) }
            try await onListening(ListeningPorts(api: api.port, gate: gate?.port))
            if let gate { logger.info("gate is listening", metadata: ["port": "\(gate.port)"]) }
            // The last one stops first: what answers needs the others until then.
            try await ServiceGroup(services: services.compactMap { $0 } + listeners, logger: logger).run()
        } catch {
            for listener in listeners { await listener.close() }
            throw error
        }
    }

    private func listener(
        _ tls: CertificateFollower?, _ metrics: ConnectionMetrics, _ logger: Logger,
        on group: MultiThreadedEventLoopGroup, _ responder: @escaping @Sendable (any EventLoop) -> any HTTPResponder
    ) -> Listener {
        let timeout = TimeAmount(limits.requestTimeout)
        let times = ConnectionTimes(
            idle: TimeAmount(limits.idleTimeout), request: timeout, stall: timeout,
            patience: .seconds(20))
        return Listener(
            host: host, port: port, tls: tls?.contexts, limits: limits, proxies: proxies, times: times,
            metrics: metrics, logger: logger, on: group, responder)
    }
}
