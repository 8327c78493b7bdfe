internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Checks everything that a store holds.
struct StoreCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check that everything in the key store fits together.",
        discussion: """
            Reads everything and checks that every row can be read, that the changes are complete and lead to the present \
            keys and revocations, that the audit log is whole and knows every key and credential as it is, that the private \
            halves that the service keeps open under the master key, and that the counts of limits are right. Each thing that \
            is wrong is a line on stderr, and the exit status is 2. The service may be running.
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
            let examination = try await ArchiveExamination.of(store, masterKey: source)
            try examination.requireSoundness(of: location)
            if examination.unopened > 0 {
                StandardError.note(
                    "\(examination.unopened) sealed keys were not opened, because the master key is not here")
            }
            try StandardOutput.print(examination.archive.summary)
        }
    }
}

extension StoreCheckCommand: IllustratedCommand {
    static let examples = """
        streamsign store check --data /var/lib/streamsign
        streamsign store check --database-url postgres://streamsign@db.example/keys
        """
}
