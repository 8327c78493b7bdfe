internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Enables a key.
struct RemoteEnableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Let in again what a disabled key signed.",
        discussion: "A key that has expired needs --expires.")

    @Argument(help: "The key's id.")
    var id: String

    @Option(
        help: ArgumentHelp(
            "When it is disabled by itself: a time, a duration such as 30d, or 'never'.", valueName: "time"))
    var expires: String?

    @Flag(help: "Answer when every node lets it in.")
    var wait = false

    @OptionGroup
    var remote: RemoteOptions

    func run() throws {
        let id = try OptionValue("<id>", id).converted(KeyID.init)
        let expires = try OptionValue("--expires", expires).map(Self.time)
        let (client, wait) = (try remote.client(), wait)
        let key: KeyListItem
        do {
            key = try Blocking.run { try await client.enableKey(id, expires: expires, waitsForNodes: wait) }
        } catch let error as ClientError {
            var failure = CommandFailure(error, orTell: .key(id))
            // Only an expiry that is over can be wrong with a request that names none.
            if expires == nil, error.errors.contains(where: { $0.pointer == "/expires" }) {
                failure.notes.append("give --expires with a time, a duration such as 30d, or 'never'")
            }
            throw failure
        }
        StandardError.print("enabled key \(id)")
        if key.isServiceKey, let end = key.expires {
            StandardError.note(
                "it is one of the service's own keys: if it is the one that the service signs with at \(end), the service "
                    + "signs nothing for this account from then on")
        }
    }

    /// - Returns: nil for never.
    private static func time(_ value: OptionValue) throws -> NumericDate? {
        value.text == "never" ? nil : try value.time(from: Clock.now)
    }
}

extension RemoteEnableCommand: IllustratedCommand {
    static let examples = """
        streamsign remote enable 5213cfa121f70b8c1380686ffc371ba3 --expires 2030-01-01T00:00:00Z
        """
}
