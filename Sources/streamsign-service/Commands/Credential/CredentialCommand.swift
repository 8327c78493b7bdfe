internal import ArgumentParser
internal import StreamSigningCommandLine

/// The commands that manage who may use the service.
struct CredentialCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        .credential,
        discussion: """
            They work on the data directory, whether the service runs or not. A running service notices within a second.
            """,
        subcommands: [CredentialCreateCommand.self, CredentialListCommand.self, CredentialRevokeCommand.self])
}

extension CredentialCommand: IllustratedCommand {
    static let examples = """
        streamsign credential create --data /var/lib/streamsign --account ACCOUNT --role read
        streamsign credential list --data /var/lib/streamsign
        streamsign credential revoke 5f0c1e2d3b4a5968 --data /var/lib/streamsign
        """
}
