/// What a token says of itself that a revocation can name.
struct RevocableClaims {
    /// `jti`; in a session token the one in `via`, which is that of the token the session began with.
    var id: String?
    /// `sid`, which session tokens alone have.
    var session: String?
    /// `viewer`
    var viewer: String?
    /// `sub`
    var video: String?
    /// `iat`; in a session token the one in `via`: what revokes the first token ends the session.
    var issuedAt: NumericDate?
}

extension TokenClaims {
    var revocable: RevocableClaims {
        let (id, session, viewer, issuedAt) = terms.identity
        return RevocableClaims(id: id, session: session, viewer: viewer, video: subject, issuedAt: issuedAt)
    }
}
