internal import ArgumentParser
internal import Logging
internal import ServiceLifecycle
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Runs the key service until it is told to stop.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        .serve,
        discussion: """
            Every setting may also come from the environment (STREAMSIGN_DATA for --data) or the file of --config, as \
            'name = value' lines; a flag wins over the environment, and the environment over the file.

            On TERM and INT it finishes what it accepted and ends. On HUP it reads the certificate and the countries \
            again, and reopens --log-file.
            """)

    @OptionGroup
    var flags: SettingFlags

    @Option(help: ArgumentHelp("A file with settings.", valueName: "file"))
    var config: String?

    @Flag(help: "Print every setting with its value and where it is from, check them, and stop.")
    var printConfig = false

    func run() throws {
        let texts = try SettingTexts(flags: flags.given, file: config ?? Environment["STREAMSIGN_CONFIG"])
        for name in UnknownVariables.names { StandardError.note("\(name) is not a setting, and is ignored") }
        if printConfig { try StandardOutput.print(texts.description) }
        let settings = try texts.settings()
        let configured = try settings.configuration()
        let feeds = try settings.feeds()
        guard !printConfig else { return }
        if let key = settings.certificateKey { SecretFile.noteIfOpen(key.text) }
        if settings.database?.hasPassword == true, let file = texts.file(of: "database-url") {
            SecretFile.noteIfOpen(file)
        }
        let limits = ProcessLimits.raised()
        try limits.check(for: configured)
        let lines = try LogLines(file: settings.logFile)
        let logger = settings.logger(writingTo: lines)
        let signals = try Blocking.run { await ServiceSignals.trap(lines, logger) }
        defer { lines.flush() }
        MultiBufferRSA.choose(settings.multiBufferRSA)
        let process = ServiceProcess(signals: signals, logger: logger)
        let configuration = configured.fitting(limits, logger)
        do {
            if let feeds {
                try process.serveFed(configuration, feeds)
            } else {
                try process.serve(configuration, settings)
            }
        } catch let error as ServiceFailure {
            throw texts.failure(error)
        }
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
