internal import ArgumentParser
internal import Logging
internal import ServiceLifecycle
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService
internal import UnixSignals

/// Runs the key service until it is told to stop.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        .serve,
        discussion: """
            Every setting may also stand in the environment (STREAMSIGN_DATA for --data) or in the file of --config, as \
            'name = value' lines; a flag wins over the environment, and the environment over the file.
            """)

    @OptionGroup
    var flags: SettingFlags

    @Option(help: ArgumentHelp("A file with settings.", valueName: "file"))
    var config: String?

    @Flag(help: "Print every setting with its value and where it is from, check them, and stop.")
    var printConfig = false

    func run() throws {
        let texts = try SettingTexts(flags: flags.given, file: config ?? Environment["STREAMSIGN_CONFIG"])
        if printConfig { try StandardOutput.print(texts.description) }
        let settings = try texts.settings()
        let configured = try settings.configuration()
        let feeds = try settings.feeds()
        guard !printConfig else { return }
        let logger = settings.logger()
        let configuration = configured.fitting(openFiles: OpenFileLimit.raise(), logger)
        if let feeds { return try serveFed(configuration, feeds.nodes, feeds.tokenFile, logger) }
        let directory = DataDirectory(settings.data)
        let location = settings.storeLocation
        let source = MasterKeySource.choose(
            file: settings.masterKeyFile?.text, environment: Environment[MasterKeySource.environmentName], in: directory
        )
        do {
            // A store of its own makes the folder; a shared one has only the master key to put there.
            if location.isShared, case .ownFile = source { try directory.prepare() }
            try Blocking.run { try await Self.serve(configuration, location, source, logger) }
        } catch let error as StoreError {
            throw CommandFailure(location, error)
        } catch let error as VaultError {
            throw CommandFailure.unusable("vault", error.reason)
        } catch let error as ServiceFailure {
            throw CommandFailure.unusable(error.subject, error.reason)
        }
    }

    private static func serve(
        _ configuration: ServiceConfiguration, _ location: StoreLocation, _ source: MasterKeySource,
        _ logger: Logger
    ) async throws {
        let store = try await location.open()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await serve(
                    configuration, store, masterKey(source, of: store, isShared: location.isShared), logger))
        } catch {
            outcome = .failure(error)
        }
        await store.close()
        LogLines.standardError.flush()
        try outcome.get()
    }

    private static func serve(
        _ configuration: ServiceConfiguration, _ store: any KeyStore, _ source: MasterKeySource, _ logger: Logger
    ) async throws {
        let vault = try await Vault.open(source, for: store, at: Clock.now)
        let service = try await StreamSigningService(
            configuration: configuration, store: store, vault: vault, logger: logger,
            onListening: { ports in
                // As late as can be: a credential that is made and not shown is lost, and `credential create` makes another.
                let credential = try await FirstStart.credential(in: store, at: Clock.now)
                ListeningNotice(configuration, ports, firstCredential: credential).print()
            },
            now: { Clock.now })
        try await run(service, logger)
    }

    /// Runs until a signal ends it.
    static func run(_ service: any Service, _ logger: Logger) async throws {
        // Both signals finish what was accepted; a second one of either kind changes nothing. What has not finished before
        // systemd and its like lose patience is cut off.
        var group = ServiceGroupConfiguration(
            services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(25)
        try await ServiceGroup(configuration: group).run()
    }

    /// The node that starts first makes the master key of a shared store; the others are to be given it, not to make their
    /// own.
    private static func masterKey(
        _ source: MasterKeySource, of store: any KeyStore, isShared: Bool
    ) async throws(StoreError) -> MasterKeySource {
        guard isShared, case .ownFile(let path) = source, try await store.masterKeyID() != nil else {
            return source
        }
        return .file(path)
    }
}

extension ServeCommand: IllustratedCommand {
    static let examples = """
        streamsign serve
        streamsign serve --data /var/lib/streamsign --api 0.0.0.0:8787
        streamsign serve --gate 0.0.0.0:8788 --media /srv/media --feed https://a.example:8787 --feed-token-file FILE
        streamsign serve --config /etc/streamsign.conf --print-config
        """
}
