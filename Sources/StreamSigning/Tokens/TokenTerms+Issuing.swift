/// What the signer adds of its own: the time of signing, and an id for a token that is to have one.
extension TokenTerms {
    /// The id that stands for one of the signer's making, in a request and on the command line.
    package static let automaticID = "auto"

    /// A fresh value for ``id``: 128 random bits, which make 22 characters of base64url.
    /// - Throws: ``KeyError`` with code ``KeyError/Code/unavailable`` if the machine gives no random bytes.
    public static func randomID() throws(KeyError) -> String {
        try Digest.random(count: 16).withUnsafeBytes { Base64.url.encode($0) }
    }

    /// The terms of one token that is signed now: with an id of its own if one is asked for, and with that time if a claim
    /// needs it and none is set.
    package func issued(at now: NumericDate) throws(KeyError) -> TokenTerms {
        var terms = self
        if id == Self.automaticID { terms.id = try Self.randomID() }
        if issuedAt == nil, needsIssueTime { terms.issuedAt = now }
        return terms
    }

    /// Whether a claim is set that is of no use without ``issuedAt``.
    var needsIssueTime: Bool {
        Self.claims.contains { $0.needsIssueTime(self) }
    }
}
