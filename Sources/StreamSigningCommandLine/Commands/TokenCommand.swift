internal import ArgumentParser
internal import StreamSigning

/// Signs tokens.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Sign a token for a video, or one for each line of stdin.")

    @OptionGroup
    var signing: SigningOptions

    @OptionGroup
    var cdni: CDNIOptions

    @Flag(help: "Write a JSON object for each token, with its key id and expiry.")
    var json = false

    func validate() throws {
        guard cdni.profile == .cdni else { return try signing.requireVideo() }
        guard signing.video == nil else {
            throw ValidationError(
                "a token of --profile cdni names URLs, not a video: leave '\(signing.video ?? "")' out")
        }
    }

    func run() throws {
        guard cdni.profile == .stream else { return try signForCDN() }
        try signing.sign(json ? Self.describe : Self.write)
    }

    /// The token on a line.
    static let write: SigningJob.Render = { token, _, lines in
        lines.append(contentsOf: token.rawValue.utf8)
        lines.append(UInt8(ascii: "\n"))
        return token.rawValue.utf8.count
    }

    private static let describe: SigningJob.Render = { token, issue, lines in
        lines.appendJSON { issue.describe(token, into: &$0) }
        return token.rawValue.utf8.count
    }
}

extension TokenCommand {
    /// Signs one token of RFC 9246.
    private func signForCDN() throws {
        let terms = try signing.claims.terms(at: Clock.now, inOrderOf: CommandLine.arguments)
        guard terms == TokenTerms(expires: terms.expires, notBefore: terms.notBefore), let expires = terms.expires
        else { throw ValidationError("of the terms of a token, --profile cdni takes the times only") }
        let claims = try cdni.claims(expires: expires, notBefore: terms.notBefore)
        let signer = TokenSigner(key: try signing.key.source.load(signsOnce: true))
        let token: PlaybackToken
        do {
            token = try signer.sign(claims)
        } catch {
            throw signing.key.source.failure(error)
        }
        var lines: [UInt8] = []
        if json {
            lines.appendJSON { SigningJob.Issue(keyID: signer.key.id, terms: terms).describe(token, into: &$0) }
        } else {
            lines = Array("\(token.rawValue)\n".utf8)
        }
        try StandardOutput.write(lines)
    }
}

extension TokenCommand: IllustratedCommand {
    static let examples = """
        streamsign token ea95132c15732412d22c1476fa83f27a --key key.json
        streamsign token ea95132c15732412d22c1476fa83f27a --key key.pem --key-id ID --expires-in 15m --downloadable
        streamsign token ea95132c15732412d22c1476fa83f27a --key key.json --allow-country GB,IE --block-any
        streamsign token - --key key.json --expires-in 7d <video-ids.txt >tokens.txt
        streamsign token --profile cdni --issuer studio --prefix https://cdn.example/videos/7/ --key key.json
        """
}
