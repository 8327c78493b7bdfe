internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Lists the keys of an account.
struct RemoteListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the account's keys: when they were made and used, and when they can go.",
        discussion: """
            A row has the key's id, when it was created, when a viewer last came with a URL of it, when the last of the URLs \
            that were used ends, whether it is enabled or has expired, and its name; '-' stands for what is not known. A key that \
            signs nothing new is safe to delete from then on, unless a URL of it is still to be opened for the first time.

            The keys that the service signs with itself, or did, are marked as its own. Leave them: deleting one ends the tokens \
            and sessions that the service signed with it.
            """)

    @OptionGroup
    var remote: RemoteOptions

    @Flag(help: "Write a JSON array.")
    var json = false

    func run() throws {
        let client = try remote.client()
        try write(try Blocking.call { try await client.listKeys() })
    }

    private func write(_ items: [KeyListItem]) throws {
        guard json else { return try StandardOutput.write(Array(Self.table(items, at: Clock.now).text().utf8)) }
        var writer = JSONWriter()
        writer.array { list in
            for item in items {
                list.object {
                    $0.member("id", item.id.rawValue)
                    $0.member("created", item.created)
                    $0.member("service_key", item.isServiceKey)
                    $0.member("name", item.name)
                    $0.member("enabled", item.isEnabled)
                    $0.member("expires", item.expires)
                    $0.member("last_used", item.lastUsed)
                    $0.member("latest_expiry", item.latestExpiry)
                    $0.member("safe_to_delete_at", item.safeToDeleteAt)
                }
            }
        }
        try StandardOutput.write(writer.bytes + [UInt8(ascii: "\n")])
    }

    /// The name comes last: it alone may be of any length, or have none.
    private static func table(_ items: [KeyListItem], at now: NumericDate) -> TextTable {
        var table = TextTable("ID", "CREATED", "LAST USED", "SAFE TO DELETE", "STATE", "NAME")
        for item in items {
            let state = state(of: item, at: now)
            table.append(
                item.id.rawValue, "\(item.created)", item.lastUsed.map { "\($0)" },
                item.safeToDeleteAt.map { "\($0)" }, item.isServiceKey ? "\(state), the service's own" : state,
                item.name)
        }
        return table
    }

    /// A key that has expired is disabled too, and to enable it takes something else.
    private static func state(of item: KeyListItem, at now: NumericDate) -> String {
        guard let expires = item.expires else { return item.isEnabled ? "enabled" : "disabled" }
        guard item.isEnabled else { return expires <= now ? "expired \(expires)" : "disabled" }
        return "until \(expires)"
    }
}

extension RemoteListCommand: IllustratedCommand {
    static let examples = """
        streamsign remote list --account ID --api-token-file token
        streamsign remote list --json | jq -r '.[].id'
        """
}
