internal import ArgumentParser
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Copies a store into another database.
struct StoreCopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy a key store into an empty one, and verify the copy.",
        discussion: """
            Copies keys, also deleted ones, revocations, credentials, sealed secrets and the audit log, with all their numbers. \
            Stop the service first: a change during the copy is missing from it, and the command then fails. A store in which \
            something does not fit is not copied: see `store check`. The master key is not in the store: give the nodes its \
            file, or its text in STREAMSIGN_MASTER_KEY.
            """)

    @Option(help: ArgumentHelp("Where to read: sqlite:DIR or postgres://….", valueName: "store"))
    var from: String

    @Option(help: ArgumentHelp("Where to write, which must be empty.", valueName: "store"))
    var to: String

    @Option(
        help: ArgumentHelp(
            "The file of the master key, if it is not in the folder that is read.", valueName: "file"),
        completion: .file())
    var masterKeyFile: String?

    func run() throws {
        let source = try StoreLocation(option: "--from", from, isOnCommandLine: true)
        let target = try StoreLocation(option: "--to", to, isOnCommandLine: true)
        guard source.exists else {
            throw CommandFailure.unusable(source.description, "there is no key store")
        }
        let masterKey = try MasterKeySource.choose(masterKeyFile: masterKeyFile, in: source.folder)
        try Blocking.run {
            try await source.withStore { opened in
                let archive = try await opened.archive()
                let examination = try ArchiveExamination(archive, masterKey: masterKey)
                try examination.requireSoundness(of: source)
                try await target.withStore { target in
                    try await Self.copy(archive, of: opened, to: target, unopened: examination.unopened)
                }
            }
        }
    }

    private static func copy(
        _ archive: StoreArchive, of source: any KeyStore, to target: any KeyStore, unopened: Int
    ) async throws {
        StandardError.print("read \(archive.summary)")
        try await target.restore(archive) { done, total in
            StandardError.print("wrote \(done) of \(total) rows")
        }
        guard try await target.archive() == archive else {
            throw CommandFailure.unusable("the copy", "is not the same as what was read: throw it away")
        }
        guard try await source.archive() == archive else {
            throw CommandFailure.unusable(
                "the copy", "lacks what was changed meanwhile: stop the service, empty the copy, and copy again")
        }
        guard unopened == 0 else {
            return try StandardOutput.print(
                "copied, but \(unopened) sealed keys were not verified without the master key: \(archive.summary)")
        }
        try StandardOutput.print("verified: \(archive.summary)")
    }
}

extension StoreCopyCommand: IllustratedCommand {
    static let examples = """
        streamsign store copy --from sqlite:/var/lib/streamsign --to postgres://streamsign@db.example/keys
        streamsign store copy --from postgres://streamsign@db.example/keys --to sqlite:/var/lib/streamsign
        """
}
