internal import ArgumentParser
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Revokes a credential.
struct CredentialRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a credential; a running service refuses it within a second.",
        discussion: "This cannot be undone: make a new credential instead.")

    @Argument(help: "The credential's id, as 'credential list' shows it; not the credential itself.")
    var id: String

    @OptionGroup
    var data: DataOptions

    func run() throws {
        // If this is the credential itself, it must not appear in a message or in the audit log.
        guard !id.contains("ss_") else {
            throw CommandFailure.unusable(
                "the id", "this is a credential: give its id, which 'credential list' shows")
        }
        try data.withStore { store in
            let credential = try await store.readCredentials().credentials.first { $0.id.rawValue == id }
            guard let credential else {
                throw CommandFailure.unusable(id, "there is no credential of that id, or it is revoked already")
            }
            let now = Clock.now
            try await store.revoke(
                credential.id, at: now,
                audit: .byOperator(.credentialRevoked, of: id, in: credential.account, at: now))
            StandardError.print("revoked credential \(id), account \(credential.account)")
        }
    }
}

extension CredentialRevokeCommand: IllustratedCommand {
    static let examples = """
        streamsign credential revoke 5f0c1e2d3b4a5968 --data /var/lib/streamsign
        """
}
