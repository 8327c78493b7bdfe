internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Checks everything that a store holds.
struct StoreCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check that everything in the key store fits together.",
        discussion: """
            Reads everything and checks that every key can be read and is the one that was stored, that the changes are \
            complete and lead to the present keys and revocations, that the private halves that the service keeps open under \
            the master key, that nobody edited a credential, and that the audit log is whole. Each thing that does not fit is \
            a line on stderr, and the exit status is 2. The service may be running.
            """)

    @OptionGroup
    var data: DataOptions

    @Option(
        help: ArgumentHelp("The file of the master key, if it is not in the data directory.", valueName: "file"),
        completion: .file())
    var masterKeyFile: String?

    func run() throws {
        let location = try data.location()
        let source = try MasterKeySource.choose(masterKeyFile: masterKeyFile, in: try? data.directory())
        try data.withStore { store in
            try await (store as? SQLiteKeyStore)?.checkIntegrity()
            let archive = try await store.archive()
            let examination = try ArchiveExamination(archive, masterKey: source)
            try examination.requireSoundness(of: location)
            if examination.unopened > 0 {
                StandardError.note(
                    "\(examination.unopened) sealed keys were not opened, because the master key is not here")
            }
            try StandardOutput.print(archive.summary)
        }
    }
}

extension StoreCheckCommand: IllustratedCommand {
    static let examples = """
        streamsign store check --data /var/lib/streamsign
        streamsign store check --database-url postgres://streamsign@db.example/keys
        """
}
