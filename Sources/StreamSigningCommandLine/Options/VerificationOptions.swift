internal import ArgumentParser
internal import StreamSigning

/// What `verify` and `explain` have in common: a token, the keys to trust, and the request.
struct VerificationOptions: ParsableArguments {
    @Argument(help: "The token, a playback URL with it, or '-' for stdin.")
    var token: String

    @OptionGroup
    var trusted: TrustedKeyOptions

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            """
            Revocations to obey, as 'remote revocations --json' writes them; '-' is stdin. May be repeated: all are obeyed.
            """, valueName: "file"),
        completion: .file())
    var revocations: [String] = []

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
        let fromStandardInput = revocations.count { $0 == "-" }
        guard fromStandardInput < 2 else { throw ValidationError("only one --revocations can come from stdin") }
        guard fromStandardInput == 0 || token != "-" && !trusted.keys.contains("-") else {
            throw ValidationError("the revocations cannot come from stdin together with the token or the keys")
        }
    }

    /// - Parameter network: fetches keys from URLs; nil in a program without a network client.
    /// - Throws: ``CommandFailure`` for what cannot be used.
    func judge(_ network: NetworkClient?) throws -> TokenJudge {
        // What is wrong with the command line comes before what is wrong with a file, and both before the token.
        let policy = try policy.policy()
        let time = try request.time()
        let asked = try request.asked()
        let keys = try trusted.load(network)
        let revoked = try revocations.flatMap { try RevocationFile.read(OptionValue("--revocations", $0).text) }
        let verifier = TokenVerifier(keys: keys, revocations: RevocationSet(revoked), policy: policy)
        return TokenJudge(verifier: verifier, asked: asked, time: time)
    }
}
