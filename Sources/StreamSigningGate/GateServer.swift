package import Logging
import NIOCore
import NIOPosix
package import NIOSSL
import ServiceLifecycle
package import StreamSigning
package import StreamSigningHTTP
package import StreamSigningKeyRing

/// The gate's front: a listener of its own, on threads that do nothing else.
package struct GateServer: Service {
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

    /// - Parameters:
    ///   - folder: the media; nil for a gate that only answers proxies.
    ///   - countries: a database of countries, which somebody else keeps up to date; nil for none.
    package init(
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
    package func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let loops = group.makeIterator().reduce(into: 0) { count, _ in count += 1 }
        let share = VerifiedTokenCache.Bounds(
            entries: configuration.cachedTokens / loops, bytes: configuration.cachedBytes / loops)
        let idle = TimeAmount.nanoseconds(limits.idleTimeout.nanoseconds)
        // Of what a viewer is slow to take there is much more.
        let times = ConnectionTimes(
            idle: idle, request: .nanoseconds(limits.requestTimeout.nanoseconds), stall: idle, patience: .seconds(10))
        let listener = Listener(
            host: configuration.host, port: configuration.port, tls: tls, limits: limits, times: times, on: group
        ) { [logger, onRunning, host = configuration.host] port in
            logger.info("gate is listening", metadata: ["host": "\(host)", "port": "\(port)"])
            await onRunning(port)
        } _: { [self] eventLoop in
            let files = folder.map { OpenFiles($0, threads: .singleton, eventLoop: eventLoop) }
            let loop = GateLoop(
                keeper: Gatekeeper(ring: ring, policy: configuration.policy, cache: share), files: files, ring: ring,
                metrics: metrics, now: now)
            return GateResponder(configuration, viewers: viewers, loop: loop, eventLoop: eventLoop)
        }
        try await listener.run()
    }
}
