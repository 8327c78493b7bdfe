internal import Logging
internal import ServiceLifecycle
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Starts a service in this process, and runs it until a signal ends it.
struct ServiceProcess: Sendable {
    let signals: ServiceSignals
    let logger: Logger

    /// Runs a service with a store.
    func serve(_ configuration: ServiceConfiguration, _ settings: ServeSettings) throws {
        let directory = settings.directory
        let location = settings.storeLocation
        let source = MasterKeySource.choose(
            file: settings.masterKeyFile?.text, environment: Environment[MasterKeySource.environmentName],
            rights: settings.fileRights, in: directory)
        do {
            // A store of its own makes the folder; a shared one has only the master key to put there.
            if location.isShared, case .ownFile = source { try directory.prepare() }
            try Blocking.run { try await serve(configuration, location, source, directory) }
        } catch let error as StoreError {
            throw CommandFailure(location, error)
        } catch let error as VaultError {
            throw CommandFailure.unusable("vault", error.reason)
        }
    }

    private func serve(
        _ configuration: ServiceConfiguration, _ location: StoreLocation, _ source: MasterKeySource,
        _ directory: DataDirectory
    ) async throws {
        let store = try await location.open(beside: directory, masterKey: source)
        let lock = location.folder.map(ServiceLock.attempt)
        defer { withExtendedLifetime(lock) {} }
        if case .taken = lock {
            logger.warning(
                "another service runs on this data folder: run one per folder", metadata: ["data": "\(location)"])
        }
        let outcome = await Result { () async throws in
            let source = try await masterKey(source, of: store, isShared: location.isShared)
            if source.isOperators {
                let isNew = try await store.isPristine()
                if isNew { logger.warning("\(location.newStoreWarning)") }
            }
            let vault = try await Vault.open(source, for: store, at: Clock.now)
            for warning in (location.folder?.warnings ?? []) + [source.warning].compactMap({ $0 }) {
                logger.warning("\(warning)")
            }
            try await serve(configuration, store, vault)
        }
        await store.close()
        try outcome.get()
    }

    private func serve(
        _ configuration: ServiceConfiguration, _ store: any KeyStore, _ vault: Vault
    ) async throws {
        let service = try await StreamSigningService(
            configuration: configuration, store: store, vault: vault, logger: logger,
            onListening: { ports in
                // As late as can be: a credential that is made and not shown is lost, and `credential create` makes another.
                let credential = try await FirstStart.credential(in: store, at: Clock.now)
                ListeningNotice(configuration, ports, firstCredential: credential).print()
            },
            now: { Clock.now })
        try await run(service) { await service.reload() }
    }

    /// Runs until a signal ends it. What has not finished before systemd and its like lose patience is cut off.
    func run(_ service: any Service, reload: @escaping @Sendable () async -> Void) async throws {
        var configuration = ServiceGroupConfiguration(services: [service], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(25)
        let group = ServiceGroup(configuration: configuration)
        signals.hand(stop: { await group.triggerGracefulShutdown() }, reload: reload)
        try await group.run()
    }

    /// The node that starts first makes the master key of a shared store; the others are to be given it, not to make their
    /// own.
    private func masterKey(
        _ source: MasterKeySource, of store: any KeyStore, isShared: Bool
    ) async throws(StoreError) -> MasterKeySource {
        guard isShared, case .ownFile(let path, let rights) = source, try await store.masterKeyID() != nil else {
            return source
        }
        return .file(path, rights)
    }
}
