internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Registers a user's own key with a service.
struct RemoteImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Register your own key, so that the service accepts what it signs.",
        discussion: """
            Only the public half is sent, even if the file holds a private key. With it goes a proof that you have the \
            private half, if the file holds it. Writes the key's id. Cloudflare Stream \
            does not support this: it makes all its keys itself.
            """)

    @Argument(help: "The key, private or public, in any form; '-' is stdin.", completion: .file())
    var file: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The key's id, instead of the file's; of a set, the key of this id.", valueName: "id"))
    var keyID: String?

    @OptionGroup
    var remote: RemoteOptions

    func validate() throws {
        guard file != "-" || !remote.readsStandardInput else {
            throw ValidationError("the key and the API token cannot both come from stdin")
        }
    }

    func run() throws {
        let id = try OptionValue("--key-id", keyID)?.converted(KeyID.init)
        let client = try remote.client()
        let file = try KeyFile(file)
        let key = try file.verificationKey(id: id)
        if key.hasDerivedID { file.noteDerivedID(key.id) }
        let signingKey = try? file.signingKey(id: id)
        let item = try Blocking.call {
            let proof = try signingKey.map { key throws(ClientError) in try client.proof(of: key, at: Clock.now) }
            return try await client.importKey(key, proof: proof)
        }
        try StandardOutput.print(item.id.rawValue.printable)
    }
}

extension RemoteImportCommand: IllustratedCommand {
    static let examples = """
        streamsign remote import key.json --api-token-file token
        streamsign remote import public.pem --key-id studio-2026
        """
}
