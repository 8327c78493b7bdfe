internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Says whose key id it is.
struct KeyIDShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Say which account has or had a key of that id.",
        discussion: "Writes the account and 'used', or 'deleted' if the key is.")

    @Argument(help: "The key id.")
    var id: String

    @OptionGroup
    var data: DataOptions

    @Flag(help: "Write a JSON object.")
    var json = false

    func run() throws {
        let id = try OptionValue("key id", id).converted(KeyID.init)
        try data.withStore { [json] store in
            let holder = try await store.requireHolder(of: id)
            let state = holder.isDeleted ? "deleted" : "used"
            guard json else { return try StandardOutput.print("\(holder.account)  \(state)") }
            var output: [UInt8] = []
            output.appendJSON {
                $0.member("id", id.rawValue)
                $0.member("account", holder.account.rawValue)
                $0.member("state", state)
            }
            try StandardOutput.write(output)
        }
    }
}

extension KeyIDShowCommand: IllustratedCommand {
    static let examples = """
        streamsign key-id show 5213cfa121f70b8c1380686ffc371ba3 --data /var/lib/streamsign
        """
}
