/// Claims of our own. Stream ignores what it does not know, so a token that has them plays there all the same.
///
/// Whatever other signers write for them is read if it is of the right type, and null counts as absent.
extension TokenTerms {
    static let additionalClaims: [any Claim.Type] = [IssuedAtClaim.self]
}

/// `iat`
enum IssuedAtClaim: Claim {
    static var name: StaticString { "iat" }
    static var isRequestable: Bool { false }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        guard value.kind != .null else { return }
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
