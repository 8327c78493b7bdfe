package import Logging
package import NIOCore
import NIOExtras
package import NIOPosix
package import NIOSSL
import StreamSigningPlatform

/// An address, and how HTTP/1.1 is served there: to the API's clients and the gate's alike.
package struct Listener: Sendable {
    private let host: String
    private let port: Int
    private let tls: (@Sendable () -> NIOSSLContext)?
    private let limits: ServiceLimits
    private let proxies: TrustedProxies
    private let times: ConnectionTimes
    private let metrics: ConnectionMetrics
    private let logger: Logger
    private let group: MultiThreadedEventLoopGroup
    private let responder: @Sendable (any EventLoop) -> any HTTPResponder

    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - tls: what a new connection uses; nil for plain HTTP.
    ///   - proxies: those in front of it.
    ///   - metrics: counts the connections.
    ///   - logger: hears when there are too many.
    ///   - group: the threads that answer.
    ///   - responder: makes the responder of an event loop.
    package init(
        host: String, port: Int, tls: (@Sendable () -> NIOSSLContext)?, limits: ServiceLimits,
        proxies: TrustedProxies = TrustedProxies(), times: ConnectionTimes, metrics: ConnectionMetrics, logger: Logger,
        on group: MultiThreadedEventLoopGroup,
        _ responder: @escaping @Sendable (any EventLoop) -> any HTTPResponder
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.limits = limits
        self.proxies = proxies
        self.times = times
        self.metrics = metrics
        self.logger = logger
        self.group = group
        self.responder = responder
    }

    /// Takes the address. Connections wait in the kernel's queue until the result runs.
    /// - Throws: ``ServiceFailure`` if the address cannot be had.
    package func bind() async throws -> BoundListener {
        let pipeline = try await HTTPPipeline(
            on: group, headerBytes: limits.headerBytes, times: times, isEncrypted: tls != nil, responder)
        // It keeps a promise to its end, which may come after that of our threads.
        let quiescing = ServerQuiescingHelper(group: .singletonMultiThreadedEventLoopGroup)
        do {
            let channel = try await channel(pipeline, quiescing)
            return BoundListener(channel, quiescing, startTicking: pipeline.startTicking)
        } catch {
            throw ServiceFailure(ListeningAddress(host: host, port: port), of: metrics.listener, error)
        }
    }

    private func channel(
        _ pipeline: HTTPPipeline, _ quiescing: ServerQuiescingHelper
    ) async throws -> any Channel {
        let arrived = ArrivedPlaces()
        let opening = ConnectionOpening(
            pipeline: pipeline, tls: tls, proxies: proxies, headers: ProxyHeaderReports(metrics, logger))
        // Accepting has a thread that answers nobody: beside answers, newcomers would wait while a full loop goes through all that is
        // in, and be let in one for each of its rounds.
        return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup, childGroup: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // For each connection. Else the system keeps up to 32 MiB for one that sends faster than it is read, and a few hundred of these
            // take all of the memory that it has for TCP.
            .serverChannelOption(.socketOption(.so_rcvbuf), value: 64 << 10)
            // So little of an answer waits in the system to be sent; what is on its way does not count, so long lines stay full. Else the
            // system takes up to 4 MiB for each client that is slower than it was a moment ago.
            .serverChannelOption(.tcpOption(.unsentBytes), value: 128 << 10)
            .serverChannelOption(.autoRead, value: false)
            // One connection at a time, so that none is accepted for which there is no room.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .serverChannelInitializer { [limits, proxies, metrics, logger] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(
                        ConnectionLimit(
                            limits.places(isEncrypted: tls != nil), sharedAddresses: proxies.networks, arrived: arrived,
                            metrics: metrics,
                            logger: logger, close: Self.close))
                    try pipeline.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let arrival = arrived.take(for: channel) else { throw ChannelError.ioOnClosedChannel }
                    try opening.open(channel, arrival)
                }
            }
            .bind(host: host, port: port).get()
    }

    /// Closes a connection that others need the place of: without TLS's goodbye, for which a silent client would be waited for.
    @Sendable private static func close(_ channel: any Channel) {
        let pipeline = channel.pipeline.syncOperations
        if let tls = try? pipeline.context(handlerType: NIOSSLServerHandler.self) {
            tls.close(promise: nil)
        } else {
            channel.close(promise: nil)
        }
    }
}

extension NIOBSDSocket.Option {
    /// TCP_NOTSENT_LOWAT, which accepted connections inherit (Linux's tcp(7)).
    fileprivate static let unsentBytes = NIOBSDSocket.Option(rawValue: TCP_NOTSENT_LOWAT)
}
