internal import ArgumentParser
internal import StreamSigning

/// Which kind of token to sign.
enum TokenProfile: String, ExpressibleByArgument, CaseIterable {
    case stream, cdni
}

/// What a token of RFC 9246 says besides its times.
struct CDNIOptions: ParsableArguments {
    @Option(help: "The kind of token: Stream's, or that of RFC 9246 for other CDNs.")
    var profile = TokenProfile.stream

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("With cdni: the name under which the CDN knows the keys ('iss').", valueName: "name"))
    var issuer: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With cdni: every URL that begins so may be fetched, as the CDN sees URLs.", valueName: "url"))
    var prefix: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With cdni: the URLs as 'regex:' and a regular expression, or 'hash:'.", valueName: "container"))
    var cdniuc: String?

    func validate() throws {
        guard profile == .cdni else {
            guard issuer == nil, prefix == nil, cdniuc == nil else {
                throw ValidationError("--issuer, --prefix and --cdniuc are for --profile cdni")
            }
            return
        }
        guard issuer != nil else { throw ValidationError("--profile cdni needs --issuer <name>") }
        guard (prefix == nil) != (cdniuc == nil) else {
            throw ValidationError("--profile cdni needs one of --prefix <url> and --cdniuc <container>")
        }
    }

    func claims(expires: NumericDate, notBefore: NumericDate?) throws -> CDNIClaims {
        let container =
            if let value = try OptionValue("--prefix", prefix) {
                try value.converted(CDNIURIContainer.init(prefix:))
            } else {
                try OptionValue("--cdniuc", cdniuc ?? "").converted { try CDNIURIContainer($0) }
            }
        return try OptionValue("--issuer", issuer ?? "").converted {
            try CDNIClaims(issuer: $0, container: container, expires: expires, notBefore: notBefore)
        }
    }
}
