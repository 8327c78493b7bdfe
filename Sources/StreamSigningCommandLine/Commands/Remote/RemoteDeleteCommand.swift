#if Client
    internal import ArgumentParser
    internal import StreamSigning
    internal import StreamSigningClient

    /// Deletes a key, which revokes everything it signed.
    struct RemoteDeleteCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete", abstract: "Delete a key: every URL signed with it stops working, for good.")

        @Argument(help: "The key's id.")
        var id: String

        @OptionGroup
        var remote: RemoteOptions

        func run() throws {
            let id = try OptionValue("<id>", id).converted(KeyID.init)
            let client = try remote.client()
            do {
                try Blocking.run { try await client.deleteKey(id) }
            } catch let error as ClientError {
                throw CommandFailure(error)
            }
            StandardError.print("deleted key \(id): every URL signed with it stops working")
        }
    }

    extension RemoteDeleteCommand: IllustratedCommand {
        static let examples = """
            streamsign remote delete 5213cfa121f70b8c1380686ffc371ba3 --api-token-file token
            """
    }
#endif
