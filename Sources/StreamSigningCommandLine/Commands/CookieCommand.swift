internal import ArgumentParser
internal import StreamSigning

/// Signs a token and puts it into a cookie.
struct CookieCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cookie", abstract: "Sign a token for a video, as the value of a Set-Cookie field.",
        discussion: """
            For players and CDNs that cannot change paths. The gate takes it with --token-from path,cookie, at URLs that have the \
            video's id in place of the token.
            """)

    @OptionGroup
    var signing: SigningOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The path of the URLs that it is sent with.", valueName: "path"))
    var path = "/"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The domain whose hosts it is sent to; by default the one host that sets it.", valueName: "domain"))
    var domain: String?

    func validate() throws {
        try signing.requireVideo()
        guard signing.video != "-" else { throw ValidationError("a cookie is for one video: give its id") }
    }

    func run() throws {
        let (now, path, domain) = (Clock.now, path, domain)
        // What is wrong with these is said before a key is read.
        _ = try Self.cookie(PlaybackToken(rawValue: ""), nil, now, path, domain)
        try signing.sign { token, issue, lines in
            // The options have made one already.
            let cookie = try? PlaybackCookie(
                token, expires: issue.terms.expires, at: now, path: path, domain: domain)
            lines.append(contentsOf: "\(cookie?.text ?? "")\n".utf8)
            return token.rawValue.utf8.count
        }
    }

    private static func cookie(
        _ token: PlaybackToken, _ expires: NumericDate?, _ now: NumericDate, _ path: String, _ domain: String?
    ) throws -> PlaybackCookie {
        do {
            return try PlaybackCookie(token, expires: expires, at: now, path: path, domain: domain)
        } catch {
            throw CommandFailure.unusable("--path or --domain", error.reason)
        }
    }
}

extension CookieCommand: IllustratedCommand {
    static let examples = """
        streamsign cookie ea95132c15732412d22c1476fa83f27a --key key.json --expires-in 2h
        streamsign cookie ea95132c15732412d22c1476fa83f27a --key key.json --path /videos --domain example.com
        """
}
