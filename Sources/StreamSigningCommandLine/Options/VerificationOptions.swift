internal import ArgumentParser
internal import StreamSigning

/// What `verify` and `explain` have in common: a token, the keys to trust, and the request.
struct VerificationOptions: ParsableArguments {
    @Argument(help: "The token, a playback URL with it, or '-' to read either from stdin.")
    var token: String

    @OptionGroup
    var trusted: TrustedKeyOptions

    @Option(
        help: ArgumentHelp(
            "Revocations to obey, as 'remote revocations --json' writes them; '-' is stdin.", valueName: "file"),
        completion: .file())
    var revocations: String?

    @OptionGroup
    var request: RequestOptions

    @OptionGroup
    var policy: PolicyOptions

    @Flag(help: "Write the outcome as a JSON object.")
    var json = false

    func validate() throws {
        guard token != "-" || !trusted.keys.contains("-") else {
            throw ValidationError("the token and the keys cannot both come from stdin")
        }
        guard revocations != "-" || token != "-" && !trusted.keys.contains("-") else {
            throw ValidationError("the revocations cannot come from stdin together with the token or the keys")
        }
    }

    /// Everything a verification takes, read and converted.
    struct Question {
        let verifier: TokenVerifier
        let token: String
        let request: PlaybackRequest
        let now: NumericDate

        /// What is worth knowing besides the refusal itself.
        func refusal(_ denial: Denial) -> CommandFailure {
            var failure = CommandFailure.refused(denial)
            if denial.code == .keyUnknown {
                failure.notes = verifier.keys.ignored.map { "a key was passed over: \($0.reason)" }
            }
            return failure
        }
    }

    /// - Throws: ``Denial`` if there is a URL without a token, ``CommandFailure`` for what cannot be used.
    func question() throws -> Question {
        // What is wrong with the command line comes before what is wrong with a file, and both before the token.
        let policy = try policy.policy()
        let now = try request.time()
        _ = try request.request(urlPath: nil)
        let keys = try trusted.load()
        let revocations = try OptionValue("--revocations", revocations).map { try RevocationFile.read($0.text) }
        let verifier = TokenVerifier(keys: keys, revocations: revocations ?? RevocationSet(), policy: policy)
        let token = try PresentedToken(token)
        return Question(
            verifier: verifier, token: token.text, request: try request.request(urlPath: token.path), now: now)
    }
}
