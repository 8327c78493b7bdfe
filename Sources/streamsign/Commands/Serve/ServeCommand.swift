#if Service
    internal import ArgumentParser
    internal import Logging
    internal import ServiceLifecycle
    internal import StreamSigning
    internal import StreamSigningService
    internal import UnixSignals

    /// Runs the key service until it is told to stop.
    struct ServeCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve", abstract: "Run the key service: Stream's API for signing keys and tokens.",
            discussion: """
                Every setting may also stand in the environment (STREAMSIGN_DATA for --data) or in the file of --config, as \
                'name = value' lines; a flag wins over the environment, and the environment over the file.
                """)

        @OptionGroup
        var flags: ServeFlags

        @Option(help: ArgumentHelp("A file with settings.", valueName: "file"))
        var config: String?

        @Flag(help: "Print every setting with its value and where it is from, check them, and stop.")
        var printConfig = false

        func run() throws {
            let settings = try ServiceSettings(flags: flags.given, file: config ?? Environment["STREAMSIGN_CONFIG"])
            if printConfig { try StandardOutput.print(settings.description) }
            let configuration = try settings.configuration()
            let logger = try settings.logger()
            guard !printConfig else { return }
            let directory = DataDirectory(settings.text(.data))
            let masterKeyFile = settings.text(.masterKeyFile)
            let source = MasterKeySource.choose(
                file: masterKeyFile.isEmpty ? nil : masterKeyFile,
                environment: Environment[MasterKeySource.environmentName], in: directory)
            do {
                try Blocking.run { try await Self.serve(configuration, directory, source, logger) }
            } catch let error as StoreError {
                throw CommandFailure.unusable(directory.path, error.reason)
            } catch let error as VaultError {
                throw CommandFailure.unusable("master key", error.reason)
            } catch let error as CommandFailure {
                throw error
            } catch {
                throw CommandFailure.unusable(settings.text(.api), "\(error)")
            }
        }

        private static func serve(
            _ configuration: ServiceConfiguration, _ directory: DataDirectory, _ source: MasterKeySource,
            _ logger: Logger
        ) async throws {
            let store = try SQLiteKeyStore(in: directory)
            let vault = try await Vault.open(source, for: store, at: Clock.now)
            let first = try await FirstStart.credential(in: store, at: Clock.now)
            let scheme = configuration.tls == nil ? "http" : "https"
            let host = configuration.host
            let service = try await StreamSigningService(
                configuration: configuration, store: store, vault: vault, logger: logger,
                onRunning: { port in
                    StandardError.print("listening on \(scheme)://\(host):\(port)")
                    if let first { welcome(first, "\(scheme)://\(host):\(port)/client/v4") }
                },
                onGateRunning: { port in
                    StandardError.print("gate listening on \(scheme)://\(configuration.gate?.host ?? host):\(port)")
                }, now: { Clock.now })
            do {
                // Both finish what was accepted; a second signal of either kind changes nothing.
                try await ServiceGroup(
                    services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
                ).run()
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }

        /// What the first start has to say, once: the credential is kept nowhere.
        private static func welcome(_ credential: NewCredential, _ url: String) {
            let account = credential.stored.account
            StandardError.print("made account \(account) and a write credential, which is not shown again:")
            StandardError.print("    export STREAMSIGN_API_URL=\(url) STREAMSIGN_ACCOUNT=\(account)")
            StandardError.print("    export STREAMSIGN_API_TOKEN=\(credential.secret.reveal())")
            StandardError.print("create a key with: streamsign remote create --out key.json")
        }
    }

    extension ServeCommand: IllustratedCommand {
        static let examples = """
            streamsign serve
            streamsign serve --data /var/lib/streamsign --api 0.0.0.0:8787
            streamsign serve --config /etc/streamsign.conf --print-config
            """
    }
#endif
