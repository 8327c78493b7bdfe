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

    private var boxedAdditions: Boxed<Additions>?

    /// Claims of our own. Few tokens have any, so they are kept out of line, and the terms of all other tokens stay small.
    private struct Additions: Sendable, Hashable {
        var id: String?
        var issuedAt: NumericDate?
        var viewer: String?
        var playFor: Duration?
    }

    private var additions: Additions {
        get { boxedAdditions?.value ?? Additions() }
        set { boxedAdditions = newValue == Additions() ? nil : Boxed(newValue) }
    }

    /// Terms that say only what is given.
    public init(
        expires: NumericDate? = nil, notBefore: NumericDate? = nil, isDownloadable: Bool = false,
        rules: [AccessRule] = [], wantsOriginal: Bool = false, id: String? = nil,
        issuedAt: NumericDate? = nil, viewer: String? = nil, playFor: Duration? = nil
    ) {
        self.expires = expires
        self.notBefore = notBefore
        self.isDownloadable = isDownloadable
        self.rules = rules
        self.wantsOriginal = wantsOriginal
        additions = Additions(id: id, issuedAt: issuedAt, viewer: viewer, playFor: playFor)
    }

    /// `jti`: the token's id, which tells it from all others.
    public var id: String? {
        get { additions.id }
        set { additions.id = newValue }
    }

    /// `iat`: when the token was signed. The signer sets it; a request for a token does not carry it.
    public var issuedAt: NumericDate? {
        get { additions.issuedAt }
        set { additions.issuedAt = newValue }
    }

    /// `viewer`: who watches, as an opaque id. Use no name or address: anyone who has the token can read it.
    public var viewer: String? {
        get { additions.viewer }
        set { additions.viewer = newValue }
    }

    /// `playFor`: how long a playback that begins before ``expires`` may go on.
    public var playFor: Duration? {
        get { additions.playFor }
        set { additions.playFor = newValue }
    }

    /// ``id``, ``viewer`` and ``issuedAt`` in one access, for what looks at all three at every request.
    var identity: (id: String?, viewer: String?, issuedAt: NumericDate?) {
        guard let additions = boxedAdditions?.value else { return (nil, nil, nil) }
        return (additions.id, additions.viewer, additions.issuedAt)
    }

    /// The same with every time rounded down to the second, because Stream documents whole seconds.
    package var inWholeSeconds: TokenTerms {
        var terms = self
        terms.expires = expires?.wholeSecond
        terms.notBefore = notBefore?.wholeSecond
        terms.issuedAt = issuedAt?.wholeSecond
        return terms
    }

    /// Whether each claim can be signed.
    package func check() throws(InvalidClaim) {
        for claim in Self.claims { try claim.check(self) }
    }

    /// What to tell a person besides the times and the rules, a few words for each claim.
    package var details: [String] {
        Self.claims.compactMap { $0.detail(self) }
    }
}
