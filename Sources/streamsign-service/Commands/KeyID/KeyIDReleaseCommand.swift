internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Frees the id of a deleted key.
struct KeyIDReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Free the id of a deleted key, so that another key may have it.",
        discussion: """
            For an id that an account took and another one needs, because its tokens name it. The audit log records it. The \
            account that had the id still cannot import the same key again, so tokens of the deleted key stay refused. \
            Upgrade all nodes and gates first: an older one does not know this change, and refuses every viewer.
            """)

    @Argument(help: "The key id.")
    var id: String

    @OptionGroup
    var data: DataOptions

    @Flag(name: .customLong("delete"), help: "Delete the key first, if it is not deleted: its tokens stop working.")
    var deletesKey = false

    func run() throws {
        let id = try OptionValue("key id", id).converted(KeyID.init)
        try data.withStore { [deletesKey] store in
            let holder = try await store.requireHolder(of: id)
            let now = Clock.now
            func event(_ action: AuditEvent.Action) -> AuditEvent {
                .byOperator(action, of: id.rawValue, in: holder.account, at: now)
            }
            let name = "key id '\(id.rawValue.printable)'"
            if !holder.isDeleted {
                guard deletesKey else {
                    throw CommandFailure.unusable(
                        name, "a key of account \(holder.account) has it: --delete deletes that key first")
                }
                _ = try await store.revoke(id, of: holder.account, at: now, audit: event(.keyDeleted))
                StandardError.print("deleted key \(id.rawValue.printable) of account \(holder.account)")
            }
            _ = try await store.release(id, of: holder.account, at: now, audit: event(.keyIDReleased))
            StandardError.print("released \(name), which account \(holder.account) had")
        }
    }
}

extension KeyIDReleaseCommand: IllustratedCommand {
    static let examples = """
        streamsign key-id release 5213cfa121f70b8c1380686ffc371ba3 --data /var/lib/streamsign
        streamsign key-id release studio-2026 --delete --database-url postgres://streamsign@db.example/keys
        """
}
