public import Logging
internal import NIOCore
public import ServiceLifecycle
public import StreamSigning
public import StreamSigningClient
public import StreamSigningGate
import StreamSigningHTTP
import StreamSigningKeyRing

/// A gate without a store, for places that must not reach the database: it follows the keys of all accounts over HTTP, from
/// one or several nodes, and refuses when none of them has confirmed its keys for too long, as every gate does.
public struct FedGate: Service {
    private let configuration: ServiceConfiguration
    private let follower: KeyFollower
    private let expiry: RevocationExpiry
    private let countries: CountryFollower?
    private let media: MediaFollower?
    private let tls: CertificateFollower?
    private let counts = (status: ConnectionMetrics(.api), gate: ConnectionMetrics(.gate))
    private let gate: GateServer
    private let status: NodeStatus
    private let metrics = GateMetrics()
    private let now: @Sendable () -> NumericDate
    private let logger: Logger
    private let onListening: @Sendable (ListeningPorts) async throws -> Void

    /// Reads all keys; the gate is not running yet.
    /// - Parameters:
    ///   - configuration: its gate must not be nil.
    ///   - feeds: the nodes to follow; one at a time, in this order when one fails.
    ///   - connections: who vouches for the nodes' certificates, and which proxies are asked.
    ///   - onListening: called with the ports once both addresses are taken, before any request is answered. What it throws ends
    ///     the service.
    ///   - now: the clock.
    /// - Throws: ``StoreError`` if no feed can be read; ``ServiceFailure``.
    public init(
        configuration: ServiceConfiguration, feeds: [FeedAddress], credential: FeedCredential,
        connections: OutboundConnections = OutboundConnections(), logger: Logger,
        onListening: @escaping @Sendable (ListeningPorts) async throws -> Void = { _ in },
        now: @escaping @Sendable () -> NumericDate
    ) async throws {
        guard let gate = configuration.gate else { throw ServiceFailure("gate", "a fed gate needs an address") }
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
        self.now = now
        let propagation = PropagationTimes()
        let feed = try FeedKeySource(feeds, credential: credential, through: connections)
        follower = try await KeyFollower(
            following: feed, maximumAge: configuration.maximumStaleness,
            logger: logger, onChanges: { propagation.note($0, at: now()) })
        expiry = RevocationExpiry(ring: follower.ring, store: nil, logger: logger, now: now)
        let tls = try configuration.tls.map { try CertificateFollower($0, logger: logger, now: now) }
        self.tls = tls
        countries = try gate.countryDatabase.map { path in try CountryFollower(path, logger: logger) }
        let folder = try gate.media.map { try MediaFolder($0) }
        media = folder.map { MediaFollower($0, logger: logger) }
        self.gate = GateServer(
            gate, folder: folder, limits: configuration.limits,
            tls: tls, ring: follower.ring, sessions: FedSessions(feed: feed, ring: follower.ring),
            countries: countries,
            metrics: metrics, connections: counts.gate, logger: logger, now: now)
        status = NodeStatus(
            ring: follower.ring, propagation: propagation, store: nil, node: nil, media: folder,
            connections: [counts.status, counts.gate])
    }

    /// Serves until a graceful shutdown.
    public func run() async throws {
        let (status, metrics, now) = (status, metrics, now)
        try await configuration.serve(
            gate: gate, beside: [follower, expiry, countries, media], tls: tls, metrics: counts.status,
            logger: logger, onListening: onListening
        ) { _ in StatusResponder(status: status, metrics: metrics, now: now) }
    }

    /// Reads the files again that may have been replaced: the certificate with its key, and the countries.
    public func reload() async {
        await tls?.reload()
        await countries?.refresh()
    }
}
