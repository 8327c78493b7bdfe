public import Logging
internal import NIOCore
public import ServiceLifecycle
public import StreamSigning
public import StreamSigningGate
import StreamSigningHTTP
import StreamSigningKeyRing

/// A gate without a store, for places that must not reach the database: it follows the keys of all accounts over HTTP, from
/// one or several nodes, and refuses when none of them has confirmed its keys for too long, as every gate does.
public struct FedGate: Service {
    private let configuration: ServiceConfiguration
    private let follower: KeyFollower
    private let countries: CountryFollower?
    private let gate: GateServer
    private let status: NodeStatus
    private let metrics = GateMetrics()
    private let now: @Sendable () -> NumericDate
    private let logger: Logger
    private let onRunning: @Sendable (_ port: Int) async -> Void

    /// Reads all keys; the gate is not running yet.
    /// - Parameters:
    ///   - configuration: its gate must not be nil.
    ///   - feeds: the nodes to follow; one at a time, in this order when one fails.
    ///   - now: the clock.
    ///   - onRunning: called with the port of `/healthz`, `/readyz` and `/metrics` once requests are accepted.
    ///   - onGateRunning: called with the gate's port once requests are accepted.
    /// - Throws: ``StoreError`` if no feed can be read; ``ServiceFailure``.
    public init(
        configuration: ServiceConfiguration, feeds: [FeedAddress], credential: FeedCredential, logger: Logger,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in },
        onGateRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in },
        now: @escaping @Sendable () -> NumericDate
    ) async throws {
        guard let gate = configuration.gate else { throw ServiceFailure("gate", "a fed gate needs an address") }
        self.configuration = configuration
        self.logger = logger
        self.onRunning = onRunning
        self.now = now
        follower = try await KeyFollower(
            following: FeedKeySource(feeds, credential: credential), maximumAge: configuration.maximumStaleness,
            logger: logger, now: now)
        let tls = try configuration.tls?.context()
        countries = try gate.countryDatabase.map { path in try CountryFollower(path, logger: logger) }
        self.gate = GateServer(
            gate, folder: try gate.media.map { try MediaFolder($0) }, limits: configuration.limits,
            tls: tls, ring: follower.ring, countries: countries,
            metrics: metrics, logger: logger, onRunning: onGateRunning, now: now)
        status = NodeStatus(ring: follower.ring, propagation: follower.propagation, store: nil, node: nil)
    }

    /// Serves until a graceful shutdown.
    public func run() async throws {
        let (status, metrics, now) = (status, metrics, now)
        try await configuration.serve(
            beside: [follower, countries, gate], logger: logger, onRunning: onRunning
        ) { StatusResponder(status: status, metrics: metrics, on: $0, now: now) }
    }
}
