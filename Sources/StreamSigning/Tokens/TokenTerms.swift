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
        var sessionID: String?
        var sessionOrigin: PlaybackSession.Origin?
    }

    /// To change one of them. Reading goes by `boxedAdditions`, which is nil for most tokens.
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
        guard id != nil || issuedAt != nil || viewer != nil || playFor != nil else { return }
        boxedAdditions = Boxed(Additions(id: id, issuedAt: issuedAt, viewer: viewer, playFor: playFor))
    }

    /// `jti`: the token's id, which tells it from all others.
    public var id: String? {
        get { boxedAdditions?.value.id }
        set { additions.id = newValue }
    }

    /// `iat`: when the token was signed. The signer sets it; a request for a token does not carry it.
    public var issuedAt: NumericDate? {
        get { boxedAdditions?.value.issuedAt }
        set { additions.issuedAt = newValue }
    }

    /// `viewer`: who watches, as an opaque id. Use no name or address: anyone who has the token can read it.
    public var viewer: String? {
        get { boxedAdditions?.value.viewer }
        set { additions.viewer = newValue }
    }

    /// `playFor`: how long a playback that begins before ``expires`` may go on.
    public var playFor: Duration? {
        get { boxedAdditions?.value.playFor }
        set { additions.playFor = newValue }
    }

    /// The session that the token belongs to; nil for all tokens but those that nodes make for sessions.
    public var session: PlaybackSession? {
        guard let id = sessionID, let origin = sessionOrigin else { return nil }
        return PlaybackSession(id: id, origin: origin)
    }

    var sessionID: String? {
        get { boxedAdditions?.value.sessionID }
        set { additions.sessionID = newValue }
    }

    var sessionOrigin: PlaybackSession.Origin? {
        get { boxedAdditions?.value.sessionOrigin }
        set { additions.sessionOrigin = newValue }
    }

    /// What revocations can name, in one access, for what looks at all of it at every request. Of a session token the id and the
    /// time are those of the token the session began with: what revokes that one ends the session.
    var identity: (id: String?, session: String?, viewer: String?, issuedAt: NumericDate?) {
        guard let additions = boxedAdditions?.value else { return (nil, nil, nil, nil) }
        guard let origin = additions.sessionOrigin else {
            return (additions.id, nil, additions.viewer, additions.issuedAt)
        }
        return (origin.tokenID, additions.sessionID, additions.viewer, origin.issuedAt)
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
