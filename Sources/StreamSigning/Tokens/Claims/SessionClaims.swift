/// The claims of session tokens, which nodes alone make. Whether they are believed, the check ``Check/session`` decides.
extension TokenTerms {
    static let sessionClaims: [any Claim.Type] = [SessionIDClaim.self, SessionOriginClaim.self]
}

/// `sid`
enum SessionIDClaim: Claim {
    static var name: StaticString { "sid" }
    static var isRequestable: Bool { false }

    /// Of 128 random bits in base64url.
    private static let count = 22

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        let id = try text(value)
        guard id.utf8.count == count, id.utf8.allSatisfy(\.isASCIIIdentifier) else {
            throw invalid("`\(name)` is not \(count) characters of base64url")
        }
        terms.sessionID = id
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        writer.member(name, terms.sessionID)
    }

    static func check(_ terms: TokenTerms) throws(InvalidClaim) {
        guard terms.sessionID == nil else { throw invalid("only nodes make session tokens") }
    }

    static func detail(_ terms: TokenTerms) -> String? {
        terms.session.map { "\($0)" }
    }

    static func report(_ terms: TokenTerms, into writer: inout JSONWriter) {
        writer.member("session", terms.sessionID)
    }
}

/// `via`
enum SessionOriginClaim: Claim {
    static var name: StaticString { "via" }
    static var isRequestable: Bool { false }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        guard let key = value["kid"]?.string, let keyID = try? KeyID(key) else {
            throw invalid("`\(name)` does not name a key", at: "/kid")
        }
        // Members of the same names and forms as those of the first token.
        var first = TokenTerms()
        for claim: any Claim.Type in [TokenIDClaim.self, IssuedAtClaim.self] {
            guard let member = value[claim.name], member.kind != .null else { continue }
            try claim.read(member, from: source, into: &first)
        }
        terms.sessionOrigin = PlaybackSession.Origin(keyID: keyID, tokenID: first.id, issuedAt: first.issuedAt)
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        guard let origin = terms.sessionOrigin else { return }
        let first = TokenTerms(id: origin.tokenID, issuedAt: origin.issuedAt)
        writer.name(name)
        writer.object {
            $0.member("kid", origin.keyID.rawValue)
            TokenIDClaim.write(first, into: &$0)
            IssuedAtClaim.write(first, into: &$0)
        }
    }

    static func check(_ terms: TokenTerms) throws(InvalidClaim) {
        guard terms.sessionOrigin == nil else { throw invalid("only nodes make session tokens") }
    }

    static func report(_ terms: TokenTerms, into writer: inout JSONWriter) {
        guard let origin = terms.sessionOrigin else { return }
        writer.name("session_origin")
        writer.object {
            $0.member("key_id", origin.keyID.rawValue)
            $0.member("token_id", origin.tokenID)
            $0.member("issued_at", origin.issuedAt)
        }
    }
}
