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
        guard video != "-" || key.source.path != "-" else {
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
    func sign(_ render: @escaping SigningJob.Render) throws {
        let now = Clock.now
        let terms = try claims.terms(at: now, inOrderOf: CommandLine.arguments)
        try SigningJob(video: video ?? "", source: key.source, terms: terms, now: now).run(render)
    }
}
