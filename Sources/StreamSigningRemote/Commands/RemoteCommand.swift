internal import ArgumentParser
internal import StreamSigningCommandLine

/// The commands that use a service's API: Cloudflare's or your own.
struct RemoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remote",
        abstract: "Create, list, rotate and delete keys through an API, have it sign tokens, and revoke them.",
        discussion: """
            Works with Cloudflare Stream and with 'streamsign serve'. Exits with 3 if the service refuses or fails, or the \
            network does. A refusal is shown with its codes.

            HTTPS_PROXY, HTTP_PROXY and NO_PROXY name a proxy, and --ca-file or SSL_CERT_FILE the authorities that vouch for \
            the service's certificate.
            """,
        subcommands: [
            RemoteCreateCommand.self, RemoteImportCommand.self, RemoteListCommand.self, RemoteDeleteCommand.self,
            RemoteRotateCommand.self, RemoteDisableCommand.self, RemoteEnableCommand.self, RemoteRenameCommand.self,
            RemoteTokenCommand.self, RemoteRevokeCommand.self, RemoteRevocationsCommand.self,
            RemoteRestoreCommand.self,
        ])
}

extension RemoteCommand: IllustratedCommand {
    static let examples = """
        export STREAMSIGN_ACCOUNT=023e105f4ecef8ad9ca31a8372d0c353
        streamsign remote create --api-token-file token --out key.json
        streamsign remote list --api-url http://127.0.0.1:8787/client/v4 --api-token-file token
        streamsign remote list --api-url https://keys.example.com/client/v4 --ca-file ca.pem --api-token-file token
        """
}
