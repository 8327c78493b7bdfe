internal import ArgumentParser
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Has the service make a key, and keeps the private half, which the service shows only once.
struct RemoteCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Have the service make a signing key.",
        discussion: """
            The service shows the private key only once. It goes to the file, with mode 0600, or to stdout. If the file \
            cannot be written in the end, it goes to stdout and the exit status is 2.
            """)

    @OptionGroup
    var remote: RemoteOptions

    @OptionGroup
    var output: OutputFileOptions

    func run() throws {
        let client = try remote.client()
        // Before the key is made: a file name that is taken must not cost a key.
        let output = try NewKeyOutput(output)
        try output.write(try output.call { try await client.createKey() })
    }
}

extension RemoteCreateCommand: IllustratedCommand {
    static let examples = """
        streamsign remote create --account ID --api-token-file token --out key.json
        streamsign remote create --api-url http://127.0.0.1:8787/client/v4 >key.json
        """
}
