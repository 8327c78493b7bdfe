#if Service
    public import Logging
    public import ServiceLifecycle
    public import StreamSigning
    import Hummingbird
    import HummingbirdCore
    import HummingbirdTLS
    import NIOCore
    import NIOSSL

    /// The key service: Stream's API over a store, as a function of its configuration.
    ///
    /// ```swift
    /// let service = try await StreamSigningService(configuration: configuration, store: store, vault: vault, logger: logger) {
    ///     NumericDate(Date())
    /// }
    /// try await service.run()      // until a graceful shutdown
    /// ```
    public struct StreamSigningService: Service {
        private let configuration: ServiceConfiguration
        private let responder: APIResponder
        private let ready: ReadyKeys
        private let credentials: CredentialIndex
        private let logger: Logger
        private let onRunning: @Sendable (_ port: Int) async -> Void

        /// A service that is not running yet.
        /// - Parameters:
        ///   - now: the clock.
        ///   - onRunning: called with the port once requests are accepted.
        public init(
            configuration: ServiceConfiguration, store: any KeyStore, vault: Vault, logger: Logger,
            onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in },
            now: @escaping @Sendable () -> NumericDate
        ) async throws {
            self.configuration = configuration
            self.logger = logger
            self.onRunning = onRunning
            let limits = configuration.limits
            ready = ReadyKeys(capacity: limits.readyKeys)
            credentials = try await CredentialIndex(store: store, logger: logger)
            let accountKeys = AccountKeys(keys: ServiceKeys(store, vault), ready: ready, limits: limits, now: now)
            responder = APIResponder(
                keys: KeyService(
                    store: store, ready: ready, accountKeys: accountKeys, limits: limits, now: now),
                credentials: credentials, rate: RateLimiter(perSecond: limits.requestsPerSecond),
                metrics: ServiceMetrics(), readiness: Readiness(store: store), logger: logger)
        }

        /// Serves until a graceful shutdown, and then finishes what it has accepted.
        public func run() async throws {
            let onRunning = onRunning
            let application = Application(
                responder: responder, server: try server(),
                configuration: ApplicationConfiguration(
                    address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                    availableConnectionsDelegate: .maximum(configuration.limits.connections, logger: logger)),
                onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
            let services: [any Service] = [ready, credentials, application]
            let group = ServiceGroup(services: services, logger: logger)
            try await group.run()
        }

        private func server() throws -> HTTPServerBuilder {
            let limits = configuration.limits
            let http = HTTPServerBuilder.http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        MalformedRequestEnvelope(), ExpectedContinue(bodyLimit: limits.bodyBytes),
                        ConnectionDeadline(.nanoseconds(limits.requestTimeout.nanoseconds)),
                    ],
                    idleTimeout: .nanoseconds(limits.idleTimeout.nanoseconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
                        maxHeaderFieldCount: 100)))
            guard let tls = configuration.tls else { return http }
            let chain = try NIOSSLCertificate.fromPEMFile(tls.certificateFile).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: tls.keyFile, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
            // NIOSSL's default is 1.0, which RFC 8996 forbids.
            configuration.minimumTLSVersion = .tlsv12
            return try .tls(http, tlsConfiguration: configuration)
        }
    }

    extension Duration {
        fileprivate var nanoseconds: Int64 {
            components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
        }
    }
#endif
