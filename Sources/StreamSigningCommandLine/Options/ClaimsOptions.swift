package import ArgumentParser
package import StreamSigning

/// What a token says besides its video: when, and to whom.
package struct ClaimsOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long the token is valid, such as 90s, 15m, 2h or 7d. (default: \(defaultLifetime))",
            valueName: "duration"))
    package var expiresIn: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("When it expires, in RFC 3339 or unix seconds.", valueName: "time"))
    package var expiresAt: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("When it becomes valid, in RFC 3339 or unix seconds.", valueName: "time"))
    var notBefore: String?

    @Flag(help: "Allow downloads too.")
    var downloadable = false

    @Flag(help: "Ask for the original video, without transformations.")
    var original = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The token's own id, which tells it from all others; \(TokenTerms.automaticID) makes one.",
            valueName: "id"))
    var id: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Who watches: an opaque id. No name or address: anyone who has the token can read it.", valueName: "id"))
    var viewer: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long a playback that began before the token expired may go on, 1m to 7d.", valueName: "duration"))
    var playFor: String?

    @OptionGroup(title: "Access rules (in the order given; the first that matches decides; no match allows)")
    var rules: AccessRuleOptions

    package init() {}

    package func validate() throws {
        guard expiresIn == nil || expiresAt == nil else {
            throw ValidationError("--expires-in and --expires-at exclude each other")
        }
    }

    /// - Parameter words: the arguments of the process, for the order of the rules.
    package func terms(at now: NumericDate, inOrderOf words: [String]) throws -> TokenTerms {
        var terms = TokenTerms(
            expires: try Self.expiry(in: expiresIn, at: expiresAt, from: now),
            notBefore: try OptionValue("--not-before", notBefore)?.time().wholeSecond,
            isDownloadable: downloadable, rules: try rules.rules(inOrderOf: words), wantsOriginal: original)
        terms.id = try OptionValue("--id", id)?.claim(\.id) { $0.text }
        terms.viewer = try OptionValue("--viewer", viewer)?.claim(\.viewer) { $0.text }
        terms.playFor = try OptionValue("--play-for", playFor)?.claim(\.playFor) { try $0.duration() }
        return terms
    }
}

extension ClaimsOptions {
    /// When a token expires, by at most one of the two options.
    /// - Parameters:
    ///   - lifetime: the value of `--expires-in`, an hour if neither is given.
    ///   - time: the value of `--expires-at`.
    static func expiry(in lifetime: String?, at time: String?, from now: NumericDate) throws -> NumericDate {
        guard let value = try OptionValue("--expires-at", time) else {
            let value = try OptionValue("--expires-in", lifetime ?? defaultLifetime)
            let expiry = now.wholeSecond + (try value.duration())
            guard expiry < .latest else { throw value.unusable("ends after the year 9999") }
            return expiry
        }
        let expiry = try value.time().wholeSecond
        guard expiry > now else {
            throw value.unusable("is \((now - expiry).humanText) ago: the token would never be valid")
        }
        return expiry
    }

    private static let defaultLifetime = "1h"
}

extension OptionValue {
    /// The value of a claim, if a token may have it.
    fileprivate func claim<Value>(
        _ claim: WritableKeyPath<TokenTerms, Value?>, _ convert: (OptionValue) throws -> Value
    ) throws -> Value {
        let value = try convert(self)
        var terms = TokenTerms()
        terms[keyPath: claim] = value
        do {
            try terms.check()
        } catch {
            throw unusable(error.reason)
        }
        return value
    }
}
