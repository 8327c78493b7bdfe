internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Deletes a key, which revokes everything it signed.
struct RemoteDeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a key: every URL signed with it stops working, for good.",
        discussion: """
            With --unused-for, the key is deleted only if no viewer has come with a URL of it for that long. URLs that nobody \
            has opened yet are not known of: "remote list" says until when the opened ones are good.

            Leave the service's own keys, which "remote list" marks: deleting one ends the tokens and sessions that the service \
            signed with it.
            """)

    @Argument(help: "The key's id.")
    var id: String

    @Option(help: ArgumentHelp("Only if it was not used for so long, at least 15s.", valueName: "duration"))
    var unusedFor: String?

    @Flag(help: "Answer when every node refuses what it signed.")
    var wait = false

    @OptionGroup
    var remote: RemoteOptions

    func run() throws {
        let id = try OptionValue("<id>", id).converted(KeyID.init)
        let unused = try OptionValue("--unused-for", unusedFor)?.duration()
        let (client, wait) = (try remote.client(), wait)
        let isServiceKey = try Blocking.call(orTell: .key(id)) {
            let isServiceKey = try await client.isServiceKey(id)
            if let unused {
                try await client.deleteKey(id, unusedFor: unused, waitsForNodes: wait)
            } else {
                try await client.deleteKey(id, waitsForNodes: wait)
            }
            return isServiceKey
        }
        StandardError.print("deleted key \(id): every URL signed with it stops working")
        if isServiceKey {
            StandardError.note(
                "it was one of the service's own keys: the tokens and sessions that the service signed with it end")
        }
    }
}

extension RemoteDeleteCommand: IllustratedCommand {
    static let examples = """
        streamsign remote delete 5213cfa121f70b8c1380686ffc371ba3 --api-token-file token
        streamsign remote delete 5213cfa121f70b8c1380686ffc371ba3 --unused-for 24h
        """
}

extension StreamClient {
    /// Whether a key is the service's own. A service that does not say so must not keep anybody from deleting one.
    fileprivate func isServiceKey(_ id: KeyID) async throws(ClientError) -> Bool {
        do throws(ClientError) {
            return try await key(id).isServiceKey
        } catch {
            // What cannot be reached now need not be tried a second time.
            guard [.api, .unsupported, .malformedAnswer].contains(error.code) else { throw error }
            return false
        }
    }
}
