/// What is to be revoked, and for how long.
///
/// ```swift
/// var request = RevocationRequest(try RevocationSubject(.viewer, "user-4711"))
/// request.reason = "shared the link, ticket 812"
/// let revocation = try request.revocation(id: .random(), at: NumericDate(Date()))
/// ```
public struct RevocationRequest: Hashable, Sendable {
    /// What is refused from now on.
    public var subject: RevocationSubject
    /// With a viewer or a video: the moment from which on tokens are spared; not before 1970, and not in the future. By default what
    /// was signed up to now is meant, to the end of this second.
    public var issuedBefore: NumericDate?
    /// When it ends by itself: in the future, at most 366 days away; 7 days by default. The `exp` of the longest token is
    /// enough.
    public var until: NumericDate?
    /// Why, for operators: at most 200 bytes.
    public var reason: String?

    /// A request that says only what is given.
    public init(
        _ subject: RevocationSubject, issuedBefore: NumericDate? = nil, until: NumericDate? = nil,
        reason: String? = nil
    ) {
        self.subject = subject
        self.issuedBefore = issuedBefore
        self.until = until
        self.reason = reason
    }

    /// The revocation that is asked for.
    /// - Parameters:
    ///   - id: its name, made with ``RevocationID/random()``.
    ///   - now: when it is asked for.
    /// - Throws: ``InvalidRevocation``.
    public func revocation(id: RevocationID, at now: NumericDate) throws(InvalidRevocation) -> Revocation {
        if let issuedBefore, issuedBefore > now, subject.kind.sparesLaterTokens {
            throw InvalidRevocation(
                "`issuedBefore` \(issuedBefore) is in the future, by this service's clock", at: "/issuedBefore")
        }
        // Nothing was signed then: the sign, or what was taken from what, is a mistake.
        if let issuedBefore, issuedBefore < 0, subject.kind.sparesLaterTokens {
            throw InvalidRevocation("`issuedBefore` \(issuedBefore) is before 1970", at: "/issuedBefore")
        }
        let until = until ?? now + Revocation.defaultLifetime
        try Revocation.check(until: until, created: now)
        return try Revocation(
            id: id, subject: subject,
            issuedBefore: issuedBefore ?? (subject.kind.sparesLaterTokens ? now.secondAfter : nil),
            until: until, created: now, reason: reason)
    }
}
