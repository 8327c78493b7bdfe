internal import ArgumentParser
internal import StreamSigning

/// What `token` and `url` have in common: what to sign, with which key, on which terms.
struct SigningOptions: ParsableArguments {
    @Argument(help: "The id of the video or live input; '-' signs one id per line of stdin, in order, on all cores.")
    var video: String?

    @OptionGroup
    var key: SigningKeyOptions

    @OptionGroup
    var claims: ClaimsOptions

    func validate() throws {
        guard video != "-" || key.path != "-" else {
            throw ValidationError("the key and the video ids cannot both come from stdin")
        }
        guard video != "-" || claims.id == nil || claims.id == TokenTerms.automaticID else {
            throw ValidationError(
                "--id \(TokenTerms.automaticID) gives each of many tokens its own: one id is for one token")
        }
    }

    /// For commands that sign for a video and nothing else.
    func requireVideo() throws {
        guard video != nil else { throw ValidationError("Missing expected argument '<video>'") }
    }

    /// Signs, and writes the lines that `render` makes of each token.
    /// - Parameter render: appends whole lines. Returns how many characters the token or its longest URL has.
    func sign(
        _ render: @escaping @Sendable (_ token: PlaybackToken, _ issue: Issue, _ lines: inout [UInt8]) -> Int
    ) throws {
        let now = Clock.now
        // The command line is checked before the files that it names.
        let terms = try claims.terms(at: now, inOrderOf: CommandLine.arguments)
        try terms.checkOptions()
        let id = try video == "-" ? nil : OptionValue("<video>", video ?? "").converted(VideoID.init)
        let key = try key.load()
        terms.noteLongLifetime(from: now)
        let issue = Issue(keyID: key.id, terms: terms)
        let signer = TokenSigner(key: key)
        guard let id else {
            let bulk = BulkSigning(signer: signer, terms: terms, now: now)
            let longest = try Blocking.run { try await bulk.run { render($0, issue, &$1) } }
            return LengthNote.print(longest)
        }
        let claims = try terms.claims(for: id, at: now)
        var lines: [UInt8] = []
        let count: Int
        do {
            count = render(try signer.sign(claims), issue, &lines)
        } catch {
            throw CommandFailure.unusable("this token", error.reason)
        }
        LengthNote.print(count)
        try StandardOutput.write(lines)
    }

    /// What all tokens of a run share, to describe them with.
    struct Issue: Sendable {
        let keyID: KeyID
        let terms: TokenTerms
    }
}
