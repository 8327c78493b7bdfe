/// What the signer adds: the time of signing, and an id if one is asked for.
extension TokenTerms {
    /// The id by which a request or the command line asks the signer to make one.
    package static let automaticID = "auto"

    /// A fresh value for ``id``: 128 random bits, which make 22 characters of base64url.
    /// - Throws: ``KeyError`` with code ``KeyError/Code/unavailable`` if the machine gives no random bytes.
    public static func randomID() throws(KeyError) -> String {
        Base64.url.encode(try RandomBytes.make(count: 16))
    }

    /// The terms of one token that is signed now: with a fresh id if one is asked for, and with the time if a claim needs it
    /// and none is set.
    package func issued(at now: NumericDate) throws(KeyError) -> TokenTerms {
        var terms = self
        if id == Self.automaticID { terms.id = try Self.randomID() }
        if issuedAt == nil, needsIssueTime { terms.issuedAt = now }
        return terms
    }

    /// Whether a claim is set that needs ``issuedAt``.
    var needsIssueTime: Bool {
        Self.claims.contains { $0.needsIssueTime(self) }
    }
}
