#if Client
    internal import ArgumentParser
    internal import StreamSigning
    internal import StreamSigningClient

    /// Has the service make a key, and keeps what it shows only once.
    struct RemoteCreateCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Have the service make a signing key.",
            discussion: """
                The private key is shown this once. It goes to the file, with mode 0600, or to stdout; if the file cannot \
                be written in the end, to stdout after all, and the exit status is 2.
                """)

        @OptionGroup
        var remote: RemoteOptions

        @OptionGroup
        var output: OutputFileOptions

        func run() throws {
            let client = try remote.client()
            // Before there is a key: a name that is taken must not cost one.
            let output = try NewKeyOutput(output)
            let created: CreatedKey
            do {
                created = try Blocking.run { try await client.createKey() }
            } catch let error as ClientError {
                try output.keepUnreadAnswer(error)
                throw CommandFailure(error)
            }
            try output.write(created)
        }
    }

    extension RemoteCreateCommand: IllustratedCommand {
        static let examples = """
            streamsign remote create --account ID --api-token-file token --out key.json
            streamsign remote create --api-url http://127.0.0.1:8787/client/v4 >key.json
            """
    }
#endif
