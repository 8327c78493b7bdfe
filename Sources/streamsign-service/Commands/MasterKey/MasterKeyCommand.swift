internal import ArgumentParser
internal import StreamSigningCommandLine

/// The commands about the key that seals the service's own secrets.
struct MasterKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        .masterKey, subcommands: [MasterKeyRotateCommand.self])
}

extension MasterKeyCommand: IllustratedCommand {
    static let examples = """
        streamsign master-key rotate --data /var/lib/streamsign
        """
}
