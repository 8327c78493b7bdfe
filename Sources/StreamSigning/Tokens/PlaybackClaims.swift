/// What a playback token says: which video, when, and to whom.
///
/// ```swift
/// let claims = try PlaybackClaims(
///     video: VideoID("ea95132c15732412d22c1476fa83f27a"), expires: NumericDate(Date()) + .seconds(3600),
///     rules: [.allow(.countries(.gb)), .block(.any)])
/// ```
///
/// The values of its ``terms`` are members of the claims, too: `claims.expires`, `claims.rules`.
@dynamicMemberLookup
public struct PlaybackClaims: Sendable, Hashable {
    /// `sub`: the video or live input that may be played.
    public let video: VideoID
    /// Everything else that the token says. Without ``TokenTerms/expires`` it never ends, and verifiers refuse it unless
    /// their policy allows that.
    public let terms: TokenTerms

    /// - Parameters:
    ///   - video: `sub`.
    ///   - expires: `exp`; rounded down to the second, because Stream documents whole seconds.
    ///   - notBefore: `nbf`; earlier than `expires`, and rounded down too.
    ///   - isDownloadable: `downloadable`.
    ///   - rules: at most 5, which is Stream's limit; each names at least one address or country.
    ///   - wantsOriginal: `flags.original`.
    ///   - id: `jti`: 1 to 64 ASCII letters, digits, `-`, `_` and `.`.
    ///   - issuedAt: `iat`; rounded down too. Required with `id`, `viewer` and `playFor`.
    ///   - viewer: `viewer`: 1 to 128 bytes without control characters.
    ///   - playFor: `playFor`: 60 seconds to 7 days, in whole seconds.
    /// - Throws: ``InvalidClaim``.
    public init(
        video: VideoID, expires: NumericDate, notBefore: NumericDate? = nil, isDownloadable: Bool = false,
        rules: [AccessRule] = [], wantsOriginal: Bool = false, id: String? = nil,
        issuedAt: NumericDate? = nil, viewer: String? = nil, playFor: Duration? = nil
    ) throws(InvalidClaim) {
        let terms = TokenTerms(
            expires: expires, notBefore: notBefore, isDownloadable: isDownloadable, rules: rules,
            wantsOriginal: wantsOriginal, id: id, issuedAt: issuedAt, viewer: viewer, playFor: playFor)
        try self.init(video: video, checking: terms)
    }

    /// - Parameters:
    ///   - video: `sub`.
    ///   - terms: with an expiry; times are rounded down to the second.
    /// - Throws: ``InvalidClaim``.
    public init(video: VideoID, terms: TokenTerms) throws(InvalidClaim) {
        guard terms.expires != nil else {
            throw ExpiryClaim.invalid("the token would never end: give it a time at which it expires")
        }
        try self.init(video: video, checking: terms)
    }

    /// Claims of a token that never ends: only deleting its key stops it, and verifiers refuse it by default.
    /// - Throws: ``InvalidClaim``.
    public static func insecureWithoutExpiry(
        video: VideoID, notBefore: NumericDate? = nil, isDownloadable: Bool = false, rules: [AccessRule] = [],
        wantsOriginal: Bool = false
    ) throws(InvalidClaim) -> PlaybackClaims {
        let terms = TokenTerms(
            notBefore: notBefore, isDownloadable: isDownloadable, rules: rules, wantsOriginal: wantsOriginal)
        return try PlaybackClaims(video: video, checking: terms)
    }

    private init(video: VideoID, checking terms: TokenTerms) throws(InvalidClaim) {
        let terms = terms.inWholeSeconds
        try terms.check()
        guard terms.issuedAt != nil || !terms.needsIssueTime else {
            throw IssuedAtClaim.invalid("a token with these claims says when it was signed: give `issuedAt` too")
        }
        self.init(verified: video, terms: terms)
    }

    /// Claims read from a token, whose own limits the verifier has checked.
    init(verified video: VideoID, terms: TokenTerms) {
        self.video = video
        self.terms = terms
    }

    /// A value of the ``terms``.
    @inlinable
    public subscript<Value>(dynamicMember member: KeyPath<TokenTerms, Value>) -> Value {
        terms[keyPath: member]
    }

    /// Writes the payload: `sub`, `kid`, then the terms.
    func write(keyID: KeyID, into writer: inout JSONWriter) {
        writer.object {
            $0.name("sub")
            $0.string(video.rawValue)
            $0.name("kid")
            $0.string(keyID.rawValue)
            terms.write(into: &$0)
        }
    }
}
