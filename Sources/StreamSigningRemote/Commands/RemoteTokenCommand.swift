internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Has the service sign a token.
struct RemoteTokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Have the service sign a token for a video.",
        discussion: """
            The service decides what is not given: Stream's tokens are valid for an hour. For more than a few tokens, \
            sign with 'streamsign token', which needs no network.
            """)

    @Argument(help: "The id of the video or live input.")
    var video: String

    @Option(
        help: ArgumentHelp(
            "A key of the account to sign with; its private half is sent. By default the service's own key.",
            valueName: "file"),
        completion: .file())
    var key: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("That key's id, instead of the file's.", valueName: "id"))
    var keyID: String?

    @OptionGroup
    var claims: ClaimsOptions

    @OptionGroup
    var remote: RemoteOptions

    func validate() throws {
        guard key != "-" || !remote.readsStandardInput else {
            throw ValidationError("the key and the API token cannot both come from stdin")
        }
        guard key != nil || keyID == nil else {
            throw ValidationError("--key-id needs --key: the service's own key is not chosen by its id")
        }
    }

    func run() throws {
        let video = try OptionValue("<video>", video).converted(VideoID.init)
        let terms = try terms()
        let key = try signingKey()
        let client = try remote.client()
        let token = try Blocking.call {
            try await client.createToken(for: video, terms: terms, signedWith: key)
        }
        try StandardOutput.print(token.rawValue.printable)
    }

    private func terms() throws -> TokenTerms {
        var terms = try claims.terms(at: Clock.now, inOrderOf: CommandLine.arguments)
        if claims.expiresIn == nil && claims.expiresAt == nil { terms.expires = nil }
        return terms
    }

    /// Ignores `STREAMSIGN_KEY_FILE`: a private key is sent only if the command line says so.
    private func signingKey() throws -> SigningKey? {
        guard let path = key else { return nil }
        let id = try OptionValue("--key-id", keyID)?.converted(KeyID.init)
        let file = try KeyFile(path)
        let key = try file.signingKey(id: id)
        if key.hasDerivedID { file.noteDerivedID(key.id) }
        return key
    }
}

extension RemoteTokenCommand: IllustratedCommand {
    static let examples = """
        streamsign remote token ea95132c15732412d22c1476fa83f27a --expires-in 15m --downloadable
        streamsign remote token ea95132c15732412d22c1476fa83f27a --key key.json --allow-country GB --block-any
        """
}
