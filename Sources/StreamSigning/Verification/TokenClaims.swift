/// A token's claims as read from its payload, before anything is compared with a request.
struct TokenClaims: Sendable {
    /// `sub`, which may be any string.
    let subject: String
    /// Everything else; without rules if they are malformed.
    let terms: TokenTerms
    /// What is wrong with the access rules; the check of the rules reports it.
    let rulesProblem: String?

    init(_ payload: JSONValue) throws(Denial) {
        guard payload.kind == .object else { throw Self.malformed("the payload is not a JSON object") }
        var subject: String?
        var terms = TokenTerms()
        var rulesProblem: String?
        try payload.forEachMember { name, value throws(Denial) in
            if name.isString("sub") {
                guard let text = value.string else { throw Self.malformed("`sub` is not a string") }
                subject = text
                return
            }
            // Other signers write null for what is not set.
            guard value.kind != .null else { return }
            // In every token, read already, and not worth comparing with the name of each claim.
            guard !name.isString("kid") else { return }
            guard !name.hasStringPrefix(CDNIClaims.memberPrefix) else {
                throw Self.malformed("a token of RFC 9246 is for other CDNs, and is not taken here")
            }
            for claim in TokenTerms.claims where name.isString(claim.name) {
                do throws(InvalidClaim) {
                    try claim.read(value, from: .token, into: &terms)
                } catch {
                    guard claim.isJudgedLater else { throw Self.malformed(error.reason) }
                    rulesProblem = error.reason
                }
                return
            }
        }
        guard let subject else { throw Self.malformed("there is no `sub`: it must be the id of the video") }
        self.subject = subject
        self.terms = terms
        self.rulesProblem = rulesProblem
    }

    static func malformed(_ reason: String) -> Denial {
        Denial(.claimsMalformed, "\(reason): sign a new token")
    }
}
