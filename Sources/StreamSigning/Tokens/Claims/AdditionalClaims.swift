/// Claims of our own. Stream ignores what it does not know, so a token that has them plays there all the same.
///
/// A value that another signer wrote is accepted if its type is right.
extension TokenTerms {
    static let additionalClaims: [any Claim.Type] = [
        TokenIDClaim.self, IssuedAtClaim.self, ViewerClaim.self, PlayForClaim.self,
    ]
}

/// `jti`
enum TokenIDClaim: Claim {
    static var name: StaticString { "jti" }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        terms.id = try text(value)
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        writer.member(name, terms.id)
    }

    static func check(_ terms: TokenTerms) throws(InvalidClaim) {
        guard let id = terms.id else { return }
        guard (1...64).contains(id.utf8.count) else {
            throw invalid("`\(name)` has 1 to 64 characters, not \(id.utf8.count)")
        }
        guard id.utf8.allSatisfy({ $0.isASCIIIdentifier || $0 == UInt8(ascii: ".") }) else {
            throw invalid("`\(name)` has ASCII letters, digits, '-', '_' and '.' only")
        }
    }

    static func needsIssueTime(_ terms: TokenTerms) -> Bool { terms.id != nil }

    static func detail(_ terms: TokenTerms) -> String? {
        terms.id.map { "id \($0.excerpt())" }
    }

    static func report(_ terms: TokenTerms, into writer: inout JSONWriter) {
        writer.member("token_id", terms.id)
    }
}

/// `iat`
enum IssuedAtClaim: Claim {
    static var name: StaticString { "iat" }
    static var isRequestable: Bool { false }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        terms.issuedAt = try time(value, from: source)
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        write(terms.issuedAt, into: &writer)
    }

    static func detail(_ terms: TokenTerms) -> String? {
        terms.issuedAt.map { "issued at \($0)" }
    }

    static func report(_ terms: TokenTerms, into writer: inout JSONWriter) {
        writer.member("issued_at", terms.issuedAt?.description)
    }
}

/// `viewer`
enum ViewerClaim: Claim {
    static var name: StaticString { "viewer" }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        terms.viewer = try text(value)
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        writer.member(name, terms.viewer)
    }

    static func check(_ terms: TokenTerms) throws(InvalidClaim) {
        guard let viewer = terms.viewer else { return }
        guard (1...128).contains(viewer.utf8.count) else {
            throw invalid("`\(name)` has 1 to 128 bytes, not \(viewer.utf8.count)")
        }
        guard !viewer.hasControlCharacters else {
            throw invalid("`\(name)` has no control characters")
        }
    }

    static func needsIssueTime(_ terms: TokenTerms) -> Bool { terms.viewer != nil }

    static func detail(_ terms: TokenTerms) -> String? {
        terms.viewer.map { "viewer \($0.excerpt())" }
    }

    static func report(_ terms: TokenTerms, into writer: inout JSONWriter) {
        writer.member("viewer", terms.viewer)
    }
}

/// `playFor`
enum PlayForClaim: Claim {
    static var name: StaticString { "playFor" }

    /// A minute to a week.
    private static let allowedSeconds: ClosedRange<Int64> = 60...604_800

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        // As exact as a time is read.
        guard value.kind == .number, let number = try? NumericDate(claim: value) else { throw notAllowed }
        terms.playFor = number - NumericDate(secondsSince1970: 0)
        try check(terms)
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        guard let playFor = terms.playFor else { return }
        writer.name(name)
        writer.raw(String(playFor.components.seconds))
    }

    static func check(_ terms: TokenTerms) throws(InvalidClaim) {
        guard let (seconds, attoseconds) = terms.playFor?.components else { return }
        guard attoseconds == 0, allowedSeconds.contains(seconds) else { throw notAllowed }
    }

    private static var notAllowed: InvalidClaim {
        let (least, most) = (allowedSeconds.lowerBound, allowedSeconds.upperBound)
        return invalid("`\(name)` is not a whole number of seconds from \(least) to \(most)")
    }

    static func needsIssueTime(_ terms: TokenTerms) -> Bool { terms.playFor != nil }

    static func detail(_ terms: TokenTerms) -> String? {
        terms.playFor.map { "plays for \($0.humanText)" }
    }

    static func report(_ terms: TokenTerms, into writer: inout JSONWriter) {
        guard let playFor = terms.playFor else { return }
        writer.name("play_for")
        writer.raw(String(playFor.components.seconds))
    }
}
