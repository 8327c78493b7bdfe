internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Seals everything again under another master key.
struct MasterKeyRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Seal the service's secrets again, under another master key.",
        discussion: """
            The present key is in --master-key-file, else in STREAMSIGN_MASTER_KEY (64 hexadecimal digits, or base64 of \
            32 bytes), else in DIR/master.key. If it is in a file, the new key replaces it there. If this is interrupted, run \
            it again: nothing is lost at any point. A running service follows by itself, unless its key is in its environment.
            """)

    @OptionGroup
    var data: DataOptions

    @Option(help: ArgumentHelp("The file with the present key.", valueName: "file"), completion: .file())
    var masterKeyFile: String?

    @Option(
        help: ArgumentHelp("A file with the new key; by default a random one.", valueName: "file"),
        completion: .file())
    var newMasterKeyFile: String?

    func run() throws {
        let environment = Environment[MasterKeySource.environmentName]
        let source = try MasterKeySource.choose(
            file: masterKeyFile, environment: environment, rights: .fromEnvironment(), in: data.directory())
        if case .text = source, newMasterKeyFile == nil {
            throw ValidationError(
                "Missing '--new-master-key-file': a key in the environment is replaced by one that you keep")
        }
        try data.withStore { store in
            let key = try newMasterKeyFile.map { path in
                try MasterKeySource.newKey(inFile: path, .fromEnvironment())
            }
            let event = AuditEvent.byOperator(.masterKeyRotated, of: key?.id, in: nil, at: Clock.now)
            let outcome = try await MasterKeyRotation(store, source).run(to: key, audit: event)
            try StandardOutput.print(outcome.new)
            StandardError.print(
                """
                sealed \(outcome.count.counting("key")) again: the master key is \(outcome.new), was \(outcome.old ?? "none")
                """)
            for id in outcome.unreadable {
                StandardError.note(
                    "the private half of the key \(id) did not open, and was left as it is: delete the key")
            }
            if case .text = source {
                StandardError.note(
                    "give the service the new key in \(MasterKeySource.environmentName), and start it again")
            }
        }
    }
}

extension MasterKeyRotateCommand: IllustratedCommand {
    static let examples = """
        streamsign master-key rotate --data /var/lib/streamsign
        streamsign master-key rotate --data DIR --master-key-file /etc/streamsign/master.key
        """
}
