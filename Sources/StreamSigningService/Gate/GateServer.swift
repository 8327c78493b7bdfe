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
        private let isStopping = Atomic<Bool>(false)

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
            let http = try await http(on: group)
            let channel: any Channel
            do {
                channel = try await ServerBootstrap(group: group)
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
                        channel.eventLoop.makeCompletedFuture { try addHandlers(to: channel, http) }
                    }
                    .bind(host: configuration.host, port: configuration.port).get()
            } catch {
                throw ServiceFailure("\(configuration.host):\(configuration.port)", error)
            }
            let port = channel.localAddress?.port ?? 0
            logger.info("gate is listening", metadata: ["host": "\(configuration.host)", "port": "\(port)"])
            await onRunning(port)
            let ticks = http.responders.values.map { Self.tick($0) }
            let stopped = group.any().makePromise(of: Void.self)
            await withTaskCancellationOrGracefulShutdownHandler {
                try? await stopped.futureResult.get()
            } onCancelOrGracefulShutdown: { [self] in
                guard !isStopping.exchange(true, ordering: .relaxed) else { return }
                quiescing.initiateShutdown(promise: stopped)
            }
            for tick in ticks { tick.cancel() }
        }

        private func addHandlers(to channel: any Channel, _ http: HTTPChannel<GateResponder>) throws {
            guard connections.wrappingAdd(1, ordering: .relaxed).newValue <= limits.connections else {
                connections.wrappingSubtract(1, ordering: .relaxed)
                throw ChannelError.alreadyClosed
            }
            channel.closeFuture.whenComplete { _ in self.connections.wrappingSubtract(1, ordering: .relaxed) }
            if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
            try http.addHandlers(to: channel)
        }

        private func http(on group: MultiThreadedEventLoopGroup) async throws -> HTTPChannel<GateResponder> {
            let loops = group.makeIterator().reduce(into: 0) { count, _ in count += 1 }
            let share = VerifiedTokenCache.Bounds(
                entries: configuration.cachedTokens / loops, bytes: configuration.cachedBytes / loops)
            let idle = TimeAmount.nanoseconds(limits.idleTimeout.nanoseconds)
            // Of what a viewer is slow to take there is much more.
            let times = ConnectionTimes(
                idle: idle, request: .nanoseconds(limits.requestTimeout.nanoseconds), stall: idle,
                patience: .seconds(10))
            return try await HTTPChannel(
                on: group, headerBytes: limits.headerBytes, times: times, isEncrypted: tls != nil
            ) { [self] eventLoop in
                let files = folder.map { OpenFiles($0, threads: .singleton, eventLoop: eventLoop) }
                let loop = GateLoop(
                    keeper: Gatekeeper(ring: ring, policy: configuration.policy, cache: share), files: files,
                    ring: ring, metrics: metrics, now: now)
                return GateResponder(configuration, viewers: viewers, loop: loop, eventLoop: eventLoop)
            }
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
