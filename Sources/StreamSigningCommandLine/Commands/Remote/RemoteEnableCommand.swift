#if Client
    internal import ArgumentParser
    internal import StreamSigning
    internal import StreamSigningClient

    /// Enables a key.
    struct RemoteEnableCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enable", abstract: "Let in again what a disabled key signed.",
            discussion: "A key that has expired needs --expires.")

        @Argument(help: "The key's id.")
        var id: String

        @Option(help: ArgumentHelp("When it is disabled by itself, or 'never'.", valueName: "time"))
        var expires: String?

        @OptionGroup
        var remote: RemoteOptions

        func run() throws {
            let id = try OptionValue("<id>", id).converted(KeyID.init)
            let expires = try OptionValue("--expires", expires)
                .map { try $0.converted(expecting: "a time in RFC 3339 or unix seconds, or 'never'", Self.time) }
            let client = try remote.client()
            do {
                _ = try Blocking.run { try await client.enableKey(id, expires: expires) }
            } catch let error as ClientError {
                throw CommandFailure(error)
            }
            StandardError.print("enabled key \(id)")
        }

        private static func time(_ text: String) -> NumericDate?? {
            text == "never" ? .some(nil) : NumericDate(text).map { .some($0) }
        }
    }

    extension RemoteEnableCommand: IllustratedCommand {
        static let examples = """
            streamsign remote enable 5213cfa121f70b8c1380686ffc371ba3 --expires 2030-01-01T00:00:00Z
            """
    }
#endif
