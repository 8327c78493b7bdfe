internal import ArgumentParser
internal import StreamSigningCommandLine

/// The commands for the store as a whole.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        .store, subcommands: [StoreCheckCommand.self, StoreCopyCommand.self])
}

extension StoreCommand: IllustratedCommand {
    static let examples = """
        streamsign store check --data /var/lib/streamsign
        streamsign store copy --from sqlite:/var/lib/streamsign --to postgres://streamsign@db.example/keys
        """
}
