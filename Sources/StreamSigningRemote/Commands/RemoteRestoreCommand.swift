internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Lifts a revocation.
struct RemoteRestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Lift a revocation before its time: what it refused is good again.")

    @Argument(help: "The revocation's id.")
    var id: String

    @Flag(help: "Answer when no node obeys it any more.")
    var wait = false

    @OptionGroup
    var remote: RemoteOptions

    func run() throws {
        let id = try OptionValue("<id>", id)
            .converted(expecting: "the id of a revocation: 32 hexadecimal digits in lower case") {
                RevocationID($0)
            }
        let (client, wait) = (try remote.client(), wait)
        try Blocking.call(orTell: .revocation(id)) { try await client.liftRevocation(id, waitsForNodes: wait) }
        StandardError.print("lifted revocation \(id): what it refused is good again, unless another one names it")
    }
}

extension RemoteRestoreCommand: IllustratedCommand {
    static let examples = """
        streamsign remote restore 9f86d081884c7d659a2feaa0c55ad015
        """
}
