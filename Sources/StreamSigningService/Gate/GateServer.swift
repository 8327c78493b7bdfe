#if Service
    import Logging
    import NIOCore
    import NIOExtras
    import NIOHTTP1
    import NIOPosix
    import NIOSSL
    import ServiceLifecycle
    import StreamSigning
    import Synchronization

    /// The gate's front: a server of its own on swift-nio, because it has to answer more requests than a framework passes on.
    final class GateServer: Service {
        private let configuration: GateConfiguration
        private let limits: ServiceLimits
        private let tls: NIOSSLContext?
        private let folder: MediaFolder?
        private let viewers: ViewerSource
        private let ring: KeyRing
        private let metrics: GateMetrics
        private let logger: Logger
        private let now: @Sendable () -> NumericDate
        private let onRunning: @Sendable (_ port: Int) async -> Void
        private let connections = Atomic<Int>(0)

        /// - Parameters:
        ///   - folder: the media; nil for a gate that only answers proxies.
        ///   - countries: a database of countries, which somebody else keeps up to date; nil for none.
        init(
            _ configuration: GateConfiguration, folder: MediaFolder?, limits: ServiceLimits, tls: NIOSSLContext?,
            ring: KeyRing, countries: CountryFollower?, metrics: GateMetrics, logger: Logger,
            onRunning: @escaping @Sendable (_ port: Int) async -> Void, now: @escaping @Sendable () -> NumericDate
        ) {
            self.configuration = configuration
            self.folder = folder
            self.limits = limits
            self.tls = tls
            self.ring = ring
            self.metrics = metrics
            self.logger = logger
            self.onRunning = onRunning
            self.now = now
            var viewers = ViewerSource(
                trustedProxies: configuration.trustedProxies, countryHeader: configuration.countryHeader)
            if let countries { viewers.countryOfAddress = { countries.country(of: $0) } }
            self.viewers = viewers
        }

        /// Serves until a graceful shutdown, and then finishes the answers it has begun.
        func run() async throws {
            let group = MultiThreadedEventLoopGroup.singleton
            let quiescing = ServerQuiescingHelper(group: group)
            let responders = try await responders(of: group)
            let channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            quiescing.makeServerChannelHandler(channel: channel))
                    }
                }
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer { [self] channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard let responder = responders[ObjectIdentifier(channel.eventLoop)]?.value else { return }
                        try addHandlers(to: channel, responder)
                    }
                }
                .bind(host: configuration.host, port: configuration.port).get()
            let port = channel.localAddress?.port ?? 0
            logger.info("gate is listening", metadata: ["host": "\(configuration.host)", "port": "\(port)"])
            await onRunning(port)
            let ticks = responders.values.map { Self.tick($0) }
            let stopped = group.any().makePromise(of: Void.self)
            await withGracefulShutdownHandler {
                try? await stopped.futureResult.get()
            } onGracefulShutdown: {
                quiescing.initiateShutdown(promise: stopped)
            }
            for tick in ticks { tick.cancel() }
        }

        private func addHandlers(to channel: any Channel, _ responder: GateResponder) throws {
            let pipeline = channel.pipeline.syncOperations
            guard connections.wrappingAdd(1, ordering: .relaxed).newValue <= limits.connections else {
                connections.wrappingSubtract(1, ordering: .relaxed)
                throw ChannelError.alreadyClosed
            }
            channel.closeFuture.whenComplete { _ in self.connections.wrappingSubtract(1, ordering: .relaxed) }
            if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
            var head = NIOHTTPDecoderLimitConfiguration()
            head.maxHeaderFieldSize = limits.headerBytes
            head.maxHeaderListSize = limits.headerBytes
            head.maxHeaderFieldCount = 100
            try pipeline.addHandler(
                ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: head)))
            let bodies = FileBodyWriter(
                means: tls == nil ? .region : .memory(NonBlockingFileIO(threadPool: .singleton)))
            try pipeline.addHandler(
                GateConnection(
                    responder, bodies: bodies, idleTimeout: .nanoseconds(limits.idleTimeout.nanoseconds)))
        }

        /// One responder for each event loop, which none but that loop touches.
        private func responders(
            of group: MultiThreadedEventLoopGroup
        ) async throws -> [ObjectIdentifier: NIOLoopBound<GateResponder>] {
            var loops: [any EventLoop] = []
            for loop in group.makeIterator() { loops.append(loop) }
            let share = VerifiedTokenCache.Bounds(
                entries: configuration.cachedTokens / loops.count, bytes: configuration.cachedBytes / loops.count)
            var responders: [ObjectIdentifier: NIOLoopBound<GateResponder>] = [:]
            for eventLoop in loops {
                responders[ObjectIdentifier(eventLoop)] = try await eventLoop.submit { [self] in
                    let files = folder.map { OpenFiles($0, threads: .singleton, eventLoop: eventLoop) }
                    let loop = GateLoop(
                        keeper: Gatekeeper(ring: ring, policy: configuration.policy, cache: share), files: files,
                        ring: ring, metrics: metrics, now: now)
                    return NIOLoopBound(
                        GateResponder(configuration, viewers: viewers, loop: loop, eventLoop: eventLoop),
                        eventLoop: eventLoop)
                }.get()
            }
            return responders
        }

        private static func tick(_ responder: NIOLoopBound<GateResponder>) -> RepeatedTask {
            responder.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
                responder.value.loop.tick()
            }
        }
    }

    extension Duration {
        var nanoseconds: Int64 {
            components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
        }
    }
#endif
