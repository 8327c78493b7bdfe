/// What a token says besides its video: when it may be played, and by whom. Every claim is optional.
///
/// Whether a token can be signed on these terms, ``PlaybackClaims`` decides.
public struct TokenTerms: Sendable, Hashable {
    /// `exp`: the first moment at which the token is no longer valid.
    public var expires: NumericDate?
    /// `nbf`: the first moment at which the token is valid.
    public var notBefore: NumericDate?
    /// `downloadable`: whether paths under `downloads/` are allowed too.
    public var isDownloadable: Bool
    /// `accessRules`, in order.
    public var rules: [AccessRule]
    /// `flags.original`: whether the original video is asked for, without transformations.
    public var wantsOriginal: Bool

    /// Terms that say only what is given.
    public init(
        expires: NumericDate? = nil, notBefore: NumericDate? = nil, isDownloadable: Bool = false,
        rules: [AccessRule] = [], wantsOriginal: Bool = false
    ) {
        self.expires = expires
        self.notBefore = notBefore
        self.isDownloadable = isDownloadable
        self.rules = rules
        self.wantsOriginal = wantsOriginal
    }

    /// The same with every time rounded down to the second, because Stream documents whole seconds.
    package var inWholeSeconds: TokenTerms {
        var terms = self
        terms.expires = expires?.wholeSecond
        terms.notBefore = notBefore?.wholeSecond
        return terms
    }

    /// Whether each claim can be signed.
    package func check() throws(InvalidClaim) {
        for claim in Self.claims { try claim.check(self) }
    }

    /// What there is to tell a person besides the times and the rules, a few words a claim.
    package var details: [String] {
        Self.claims.compactMap { $0.detail(self) }
    }
}
