/// Claims of our own. Stream ignores what it does not know, so a token that has them plays there all the same.
///
/// Whatever other signers write for them is read if it is of the right type, and null counts as absent.
extension TokenTerms {
    static let additionalClaims: [any Claim.Type] = [IssuedAtClaim.self, ViewerClaim.self]
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
        guard !viewer.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
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
