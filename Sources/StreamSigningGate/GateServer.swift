package import Logging
import NIOCore
import NIOPosix
package import StreamSigning
package import StreamSigningHTTP
package import StreamSigningKeyRing

/// The gate: a listener of its own, on threads that do nothing else.
package struct GateServer: Sendable {
    private let configuration: GateConfiguration
    private let limits: ServiceLimits
    private let tls: CertificateFollower?
    private let connections: ConnectionMetrics
    private let logger: Logger
    private let folder: MediaFolder?
    private let viewers: ViewerSource
    private let ring: KeyRing
    private let sessions: SessionDesk
    private let metrics: GateMetrics
    private let now: @Sendable () -> NumericDate

    /// How many bytes of manifests and subtitles the threads keep at hand, all together.
    private static let textMemory = 64 << 20

    /// - Parameters:
    ///   - folder: the media; nil for a gate that only answers proxies.
    ///   - tls: the certificate, which the caller keeps up to date; nil for plain HTTP.
    ///   - sessions: signs the tokens of sessions.
    ///   - countries: a database of countries, which the caller keeps up to date; nil for none.
    package init(
        _ configuration: GateConfiguration, folder: MediaFolder?, limits: ServiceLimits, tls: CertificateFollower?,
        ring: KeyRing, sessions: any SessionMaker, countries: CountryFollower?, metrics: GateMetrics,
        connections: ConnectionMetrics, logger: Logger, now: @escaping @Sendable () -> NumericDate
    ) {
        self.configuration = configuration
        self.folder = folder
        self.limits = limits
        self.tls = tls
        self.ring = ring
        self.sessions = SessionDesk(sessions, metrics: metrics, logger: logger)
        self.metrics = metrics
        self.connections = connections
        self.logger = logger
        self.now = now
        let proxies = TrustedProxies(configuration.trustedProxies, sendProxyHeader: configuration.usesProxyProtocol)
        var viewers = ViewerSource(proxies: proxies, countryHeader: configuration.countryHeader)
        if let countries { viewers.countryOfAddress = { countries.country(of: $0) } }
        self.viewers = viewers
    }

    /// Takes the gate's address.
    /// - Throws: ``ServiceFailure`` if it cannot be had.
    package func bind() async throws -> BoundListener {
        let group = MultiThreadedEventLoopGroup.singleton
        let loops = group.makeIterator().reduce(into: 0) { count, _ in count += 1 }
        let share = VerifiedTokenCache.Bounds(
            entries: configuration.cachedTokens / loops, bytes: configuration.cachedBytes / loops)
        let reader = folder.map {
            MediaReader(
                $0, rewriting: configuration.manifestRewriting,
                log: ManifestLog(logger, hasTokensInPaths: configuration.tokenSources.contains(.path)))
        }
        let memoryLimit = max(MediaReader.longestText, Self.textMemory / loops)
        let idle = TimeAmount(limits.idleTimeout)
        // A viewer has much more to take than a client of the API.
        let times = ConnectionTimes(
            idle: idle, request: TimeAmount(limits.requestTimeout), stall: idle, patience: .seconds(10))
        let listener = Listener(
            host: configuration.host, port: configuration.port, tls: tls?.contexts,
            limits: limits, proxies: viewers.proxies, times: times, metrics: connections, logger: logger, on: group
        ) { [self] eventLoop in
            GateResponder(
                configuration, viewers: viewers,
                keeper: Gatekeeper(ring: ring, policy: configuration.policy, cache: share),
                files: reader.map {
                    OpenFiles($0, threads: .singleton, eventLoop: eventLoop, memoryLimit: memoryLimit)
                },
                sessions: sessions, metrics: metrics, eventLoop: eventLoop, now: now)
        }
        return try await listener.bind()
    }
}
