internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Disables a key, which can be undone.
struct RemoteDisableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Refuse what a key signed, until it is enabled again.")

    @Argument(help: "The key's id.")
    var id: String

    @Flag(help: "Answer when every node refuses it.")
    var wait = false

    @OptionGroup
    var remote: RemoteOptions

    func run() throws {
        let id = try OptionValue("<id>", id).converted(KeyID.init)
        let (client, wait) = (try remote.client(), wait)
        let key = try Blocking.call(orTell: .key(id)) { try await client.disableKey(id, waitsForNodes: wait) }
        StandardError.print("disabled key \(id): what it signed is refused until it is enabled")
        if key.isServiceKey {
            StandardError.note(
                "it is one of the service's own keys: while it is the one that the service signs with, the service signs "
                    + "nothing for this account")
        }
    }
}

extension RemoteDisableCommand: IllustratedCommand {
    static let examples = """
        streamsign remote disable 5213cfa121f70b8c1380686ffc371ba3 --wait
        """
}
