public import Logging
import NIOCore
public import ServiceLifecycle
public import StreamSigning
import StreamSigningAPI
import StreamSigningGate
import StreamSigningKeyRing
import StreamSigningOperations
import StreamSigningStore

/// The key service, which is Stream's API over a store, and the gate in front of the media.
///
/// ```swift
/// let service = try await StreamSigningService(configuration: configuration, store: store, vault: vault, logger: logger) {
///     NumericDate(Date())
/// }
/// try await service.run()      // until a graceful shutdown
/// ```
public struct StreamSigningService: Service {
    private let configuration: ServiceConfiguration
    private let endpoints: APIEndpoints
    private let ready: ReadyKeys
    private let credentials: CredentialIndex
    private let follower: KeyFollower
    private let compactor: StoreCompactor
    private let rotation: ServiceKeyRotation
    private let status: NodeStatus
    private let expiry: RevocationExpiry
    private let countries: CountryFollower?
    private let media: MediaFollower?
    private let tls: CertificateFollower?
    private let connections = (api: ConnectionMetrics(.api), gate: ConnectionMetrics(.gate))
    private let gate: GateServer?
    private let logger: Logger
    private let onListening: @Sendable (ListeningPorts) async throws -> Void

    /// Prepares a service; ``run()`` starts it.
    /// - Parameters:
    ///   - configuration: addresses, limits and whether there is a gate.
    ///   - store: where keys, credentials and the audit are kept.
    ///   - vault: seals the private keys that the store keeps.
    ///   - logger: for the access log and everything else.
    ///   - onListening: called with the ports once every address is taken, before any request is answered. What it throws ends
    ///     the service. A credential that it makes is good from the first request on.
    ///   - now: the clock.
    public init(
        configuration: ServiceConfiguration, store: any KeyStore, vault: Vault, logger: Logger,
        onListening: @escaping @Sendable (ListeningPorts) async throws -> Void = { _ in },
        now: @escaping @Sendable () -> NumericDate
    ) async throws {
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
        let limits = configuration.limits
        ready = ReadyKeys(capacity: limits.readyKeys)
        // Changes are read while a confirmation and a report of what was used, which are writes, are on their way.
        let followed = try await store.lane(connections: 3)
        credentials = try await CredentialIndex(store: followed, logger: logger)
        let node = try NodeID.random()
        let staleness = configuration.maximumStaleness
        let propagation = PropagationTimes()
        follower = try await KeyFollower(
            following: StoreKeySource(store: followed, node: node, period: staleness), maximumAge: staleness,
            logger: logger, onChanges: { propagation.note($0, at: now()) })
        let ring = follower.ring
        expiry = RevocationExpiry(ring: ring, store: store, logger: logger, now: now)
        let gateMetrics = GateMetrics()
        let tls = try configuration.tls.map { try CertificateFollower($0, logger: logger, now: now) }
        self.tls = tls
        let countries = try configuration.gate?.countryDatabase.map { path in
            try CountryFollower(path, logger: logger)
        }
        self.countries = countries
        let folder = try configuration.gate?.media.map { try MediaFolder($0) }
        media = folder.map { MediaFollower($0, logger: logger) }
        let connections = connections
        let quota = KeyQuota(keys: limits.keysPerAccount, deletedKeys: limits.deletedKeysPerAccount)
        let signers = AccountSigners(
            keys: SealedServiceKeys(store, vault), ready: ready, ring: ring, quota: quota, now: now)
        let policy = configuration.gate?.policy ?? VerificationPolicy()
        let sessions = SessionOperations(signers: signers, ring: ring, policy: policy, now: now)
        gate = configuration.gate.map { gate in
            GateServer(
                gate, folder: folder, limits: limits, tls: tls, ring: ring, sessions: sessions,
                countries: countries, metrics: gateMetrics, connections: connections.gate, logger: logger, now: now)
        }
        compactor = StoreCompactor(store: store, ring: ring, logger: logger)
        rotation = ServiceKeyRotation(
            ServiceKeySchedule(lifetime: configuration.serviceKeyLifetime), store: store, signers: signers, ring: ring,
            logger: logger, now: now)
        status = NodeStatus(
            ring: ring, propagation: propagation, store: followed, node: node, media: folder,
            connections: [connections.api] + (gate == nil ? [] : [connections.gate]))
        endpoints = APIEndpoints(
            keys: KeyOperations(
                store: store, ready: ready, work: AccountWork(), signers: signers, ring: ring,
                published: PublishedKeySets(store: store, ring: ring, logger: logger, now: now),
                agreement: NodeAgreement(store: store, maximumAge: staleness),
                quota: quota, importedKeys: limits.importedKeys, importProof: configuration.importProof, now: now),
            revocations: RevocationOperations(
                store: store, ring: ring, perAccount: limits.revocationsPerAccount, now: now),
            sessions: sessions,
            followed: try await store.lane(connections: 1), credentials: credentials,
            rate: RateLimiter(perSecond: limits.requestsPerSecond, of: "requests"),
            refusals: RateLimiter(perSecond: limits.refusalsPerSecond, of: "refusals"),
            metrics: ServiceMetrics(), gateMetrics: gateMetrics,
            status: status,
            policy: policy, bodyBytes: limits.bodyBytes, logger: logger)
    }

    /// Serves until a graceful shutdown, then finishes the requests it has accepted.
    public func run() async throws {
        let (endpoints, proxies) = (endpoints, configuration.proxies)
        try await configuration.serve(
            gate: gate, beside: [ready, credentials, follower, expiry, compactor, rotation, status, countries, media],
            tls: tls,
            metrics: connections.api, logger: logger, onListening: listening
        ) { APIResponder(endpoints, behind: proxies, on: $0) }
    }

    /// Reads the files again that may have been replaced: the certificate with its key, and the countries. The service notices
    /// replaced files by itself; this is for an operator who wants to be sure.
    public func reload() async {
        await tls?.reload()
        await countries?.refresh()
    }

    @Sendable private func listening(on ports: ListeningPorts) async throws {
        try await onListening(ports)
        try await credentials.refresh()
    }
}
