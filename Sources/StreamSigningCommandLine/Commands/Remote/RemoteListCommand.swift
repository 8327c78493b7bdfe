#if Client
    internal import ArgumentParser
    internal import StreamSigning
    internal import StreamSigningClient

    /// Lists the keys of an account.
    struct RemoteListCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the account's keys: id, time of creation, state, use and name.")

        @OptionGroup
        var remote: RemoteOptions

        @Flag(help: "Write a JSON array.")
        var json = false

        func run() throws {
            let client = try remote.client()
            do {
                try write(try Blocking.run { try await client.listKeys() })
            } catch let error as ClientError {
                throw CommandFailure(error)
            }
        }

        private func write(_ items: [KeyListItem]) throws {
            guard json else {
                let lines = items.map { "\($0.id.rawValue.printable)  \($0.created)\($0.remarks)\n" }
                return try StandardOutput.write(Array(lines.joined().utf8))
            }
            var writer = JSONWriter()
            writer.array { list in
                for item in items {
                    list.object {
                        $0.member("id", item.id.rawValue)
                        $0.member("created", item.created)
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
    }

    extension KeyListItem {
        /// What is worth saying of a key besides; nothing of most.
        fileprivate var remarks: String {
            let remarks = [
                isEnabled ? nil : "disabled", expires.map { "expires \($0)" }, lastUsed.map { "last used \($0)" },
                safeToDeleteAt.map { "safe to delete \($0)" }, name.map { $0.printable },
            ]
            return remarks.compactMap { $0 }.map { "  \($0)" }.joined()
        }
    }

    extension RemoteListCommand: IllustratedCommand {
        static let examples = """
            streamsign remote list --account ID --api-token-file token
            streamsign remote list --json | jq -r '.[].id'
            """
    }
#endif
