internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Checks everything that a store holds.
struct StoreCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check that everything in the key store fits together.",
        discussion: """
            Reads everything and checks that every key can be read, that the changes are complete and lead to the present \
            keys, that secrets are sealed under one master key, and that the audit log is whole. The service may be running.
            """)

    @OptionGroup
    var data: DataOptions

    func run() throws {
        try data.withStore { store in
            try await (store as? SQLiteKeyStore)?.checkIntegrity()
            let archive = try await store.archive()
            try archive.check()
            try StandardOutput.print(archive.summary)
        }
    }
}

extension StoreArchive {
    /// A line for people.
    var summary: String {
        let live = keys.filter { $0.revoked == nil }
        let deleted = keys.count - live.count + compactedKeyCount
        let accounts = Set(keys.map(\.account)).union(credentials.map(\.credential.account))
        let valid = credentials.filter { $0.revoked == nil }
        return """
            \(live.count) keys, \(deleted) deleted ones, \(accounts.count) accounts, \
            \(valid.count) credentials, \(credentials.count - valid.count) revoked ones, \
            \(changes.count) changes, \(events.count) events
            """
    }
}

extension StoreCheckCommand: IllustratedCommand {
    static let examples = """
        streamsign store check --data /var/lib/streamsign
        streamsign store check --database-url postgres://streamsign@db.example/keys
        """
}
