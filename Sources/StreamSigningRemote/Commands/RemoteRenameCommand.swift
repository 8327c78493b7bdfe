internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Names a key.
struct RemoteRenameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename", abstract: "Give a key a name, for people.")

    @Argument(help: "The key's id.")
    var id: String

    @Argument(help: "At most 100 bytes; an empty name for none.")
    var name: String

    @OptionGroup
    var remote: RemoteOptions

    func run() throws {
        let id = try OptionValue("<id>", id).converted(KeyID.init)
        let (client, name) = (try remote.client(), name)
        _ = try Blocking.call(orTell: .key(id)) { try await client.renameKey(id, to: name) }
        StandardError.print("renamed key \(id)")
    }
}

extension RemoteRenameCommand: IllustratedCommand {
    static let examples = """
        streamsign remote rename 5213cfa121f70b8c1380686ffc371ba3 'studio, 2026'
        """
}
