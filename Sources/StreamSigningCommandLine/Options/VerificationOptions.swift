internal import ArgumentParser
internal import StreamSigning

/// What `verify` and `explain` have in common: a token, the keys to trust, and the request.
struct VerificationOptions: ParsableArguments {
    @Argument(help: "The token, a playback URL with it, or '-' to read either from stdin.")
    var token: String

    @OptionGroup
    var trusted: TrustedKeyOptions

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
    }

    /// Everything a verification takes, read and converted.
    struct Question {
        let verifier: TokenVerifier
        let token: String
        let request: PlaybackRequest
        let now: NumericDate
    }

    /// - Throws: ``Denial`` if there is a URL without a token, ``CommandFailure`` for what cannot be used.
    func question() throws -> Question {
        // What is wrong with the command line comes before what is wrong with a file, and both before the token.
        let policy = try policy.policy()
        let now = try request.time()
        _ = try request.request(urlPath: nil)
        let verifier = TokenVerifier(keys: try trusted.load(), policy: policy)
        let token = try PresentedToken(token)
        return Question(
            verifier: verifier, token: token.text, request: try request.request(urlPath: token.path), now: now)
    }
}
