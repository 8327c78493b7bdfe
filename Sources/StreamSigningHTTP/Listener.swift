package import NIOCore
import NIOExtras
package import NIOPosix
package import NIOSSL
import ServiceLifecycle
import Synchronization

/// Listens on an address and serves HTTP/1.1 there, to the API's clients and the gate's alike.
package final class Listener<Responder: HTTPResponder>: Service {
    private let host: String
    private let port: Int
    private let tls: NIOSSLContext?
    private let limits: ServiceLimits
    private let times: ConnectionTimes
    private let group: MultiThreadedEventLoopGroup
    private let onRunning: @Sendable (_ port: Int) async -> Void
    private let responder: @Sendable (any EventLoop) -> Responder
    private let connections = Atomic<Int>(0)
    private let isStopping = Atomic<Bool>(false)

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - tls: nil for plain HTTP.
    ///   - group: the threads that answer.
    ///   - onRunning: called with the port once connections are accepted.
    ///   - responder: what answers on an event loop.
    package init(
        host: String, port: Int, tls: NIOSSLContext?, limits: ServiceLimits, times: ConnectionTimes,
        on group: MultiThreadedEventLoopGroup, onRunning: @escaping @Sendable (_ port: Int) async -> Void,
        _ responder: @escaping @Sendable (any EventLoop) -> Responder
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.limits = limits
        self.times = times
        self.group = group
        self.onRunning = onRunning
        self.responder = responder
    }

    /// Serves until a graceful shutdown, and then finishes the answers it has begun.
    /// - Throws: ``ServiceFailure`` if it cannot listen on the address.
    package func run() async throws {
        let pipeline = try await HTTPPipeline(
            on: group, headerBytes: limits.headerBytes, times: times, isEncrypted: tls != nil, responder)
        let quiescing = ServerQuiescingHelper(group: group)
        let channel: any Channel
        do {
            channel = try await bind(pipeline, quiescing)
        } catch {
            throw ServiceFailure("\(host):\(port)", error)
        }
        await onRunning(channel.localAddress?.port ?? 0)
        let ticks = pipeline.responders.values.map { responder in
            responder.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
                responder.value.everySecond()
            }
        }
        let stopped = group.any().makePromise(of: Void.self)
        await withTaskCancellationOrGracefulShutdownHandler {
            try? await stopped.futureResult.get()
        } onCancelOrGracefulShutdown: { [self] in
            guard !isStopping.exchange(true, ordering: .relaxed) else { return }
            quiescing.initiateShutdown(promise: stopped)
        }
        for tick in ticks { tick.cancel() }
    }

    private func bind(
        _ pipeline: HTTPPipeline<Responder>, _ quiescing: ServerQuiescingHelper
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try addHandlers(to: channel, pipeline) }
            }
            .bind(host: host, port: port).get()
    }

    /// A connection too many is closed at once: its client can tell, and try elsewhere.
    private func addHandlers(to channel: any Channel, _ pipeline: HTTPPipeline<Responder>) throws {
        guard connections.wrappingAdd(1, ordering: .relaxed).newValue <= limits.connections else {
            connections.wrappingSubtract(1, ordering: .relaxed)
            throw ChannelError.alreadyClosed
        }
        channel.closeFuture.whenComplete { _ in self.connections.wrappingSubtract(1, ordering: .relaxed) }
        if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
        try pipeline.addHandlers(to: channel)
    }
}
