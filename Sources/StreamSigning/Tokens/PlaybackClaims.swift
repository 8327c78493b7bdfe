/// What a playback token says: which video, when, and to whom.
///
/// ```swift
/// let claims = try PlaybackClaims(
///     video: VideoID("ea95132c15732412d22c1476fa83f27a"), expires: NumericDate(Date()) + .seconds(3600),
///     rules: [.allow(.countries(.gb)), .block(.any)])
/// ```
public struct PlaybackClaims: Sendable, Hashable {
    /// `sub`: the video or live input that may be played.
    public let video: VideoID
    /// `exp`: the first moment at which the token is no longer valid; nil for a token without end, which verifiers refuse
    /// unless told otherwise.
    public let expires: NumericDate?
    /// `nbf`: the first moment at which the token is valid.
    public let notBefore: NumericDate?
    /// `downloadable`: whether paths under `downloads/` are allowed too.
    public let isDownloadable: Bool
    /// `accessRules`, in order.
    public let rules: [AccessRule]
    /// `flags.original`: whether the original video is asked for, without transformations.
    public let wantsOriginal: Bool

    /// - Parameters:
    ///   - video: `sub`.
    ///   - expires: `exp`; rounded down to the second, because Stream documents whole seconds.
    ///   - notBefore: `nbf`; earlier than `expires`, and rounded down too.
    ///   - isDownloadable: `downloadable`.
    ///   - rules: at most 5, which is Stream's limit; each names at least one address or country.
    ///   - wantsOriginal: `flags.original`.
    /// - Throws: ``InvalidClaim``.
    public init(
        video: VideoID, expires: NumericDate, notBefore: NumericDate? = nil, isDownloadable: Bool = false,
        rules: [AccessRule] = [], wantsOriginal: Bool = false
    ) throws(InvalidClaim) {
        try self.init(
            video: video, optionalExpiry: expires, notBefore: notBefore, isDownloadable: isDownloadable, rules: rules,
            wantsOriginal: wantsOriginal)
    }

    /// Claims of a token that never ends: only deleting its key stops it, and verifiers refuse it by default.
    /// - Throws: ``InvalidClaim``.
    public static func insecureWithoutExpiry(
        video: VideoID, notBefore: NumericDate? = nil, isDownloadable: Bool = false, rules: [AccessRule] = [],
        wantsOriginal: Bool = false
    ) throws(InvalidClaim) -> PlaybackClaims {
        try PlaybackClaims(
            video: video, optionalExpiry: nil, notBefore: notBefore, isDownloadable: isDownloadable, rules: rules,
            wantsOriginal: wantsOriginal)
    }

    private init(
        video: VideoID, optionalExpiry expires: NumericDate?, notBefore: NumericDate?, isDownloadable: Bool,
        rules: [AccessRule], wantsOriginal: Bool
    ) throws(InvalidClaim) {
        let (expires, notBefore) = (expires?.wholeSecond, notBefore?.wholeSecond)
        if let expires, let notBefore, notBefore >= expires {
            throw InvalidClaim("the token would never be valid: not before \(notBefore), but expired at \(expires)")
        }
        guard rules.count <= AccessRule.maximumWhenSigning else {
            throw InvalidClaim("a token has at most \(AccessRule.maximumWhenSigning) access rules, not \(rules.count)")
        }
        for (index, rule) in rules.enumerated() where rule.isEmpty {
            throw InvalidClaim("access rule \(index + 1) names no address or country, so it would match nobody")
        }
        self.init(
            verified: video, expires: expires, notBefore: notBefore, isDownloadable: isDownloadable, rules: rules,
            wantsOriginal: wantsOriginal)
    }

    /// Claims read from a token, whose own limits the verifier has checked.
    init(
        verified video: VideoID, expires: NumericDate?, notBefore: NumericDate?, isDownloadable: Bool,
        rules: [AccessRule], wantsOriginal: Bool
    ) {
        self.video = video
        self.expires = expires
        self.notBefore = notBefore
        self.isDownloadable = isDownloadable
        self.rules = rules
        self.wantsOriginal = wantsOriginal
    }

    /// Writes the payload: `sub`, `kid`, `exp`, `nbf`, `downloadable`, `accessRules`, `flags`, absent when not set.
    func write(keyID: KeyID, into writer: inout JSONWriter) {
        writer.object {
            $0.name("sub")
            $0.string(video.rawValue)
            $0.name("kid")
            $0.string(keyID.rawValue)
            if let expires {
                $0.name("exp")
                $0.raw(expires.json)
            }
            if let notBefore {
                $0.name("nbf")
                $0.raw(notBefore.json)
            }
            if isDownloadable {
                $0.name("downloadable")
                $0.boolean(true)
            }
            if !rules.isEmpty {
                $0.name("accessRules")
                $0.array { list in
                    for rule in rules { rule.write(into: &list) }
                }
            }
            if wantsOriginal {
                $0.name("flags")
                $0.object { flags in
                    flags.name("original")
                    flags.boolean(true)
                }
            }
        }
    }
}

extension AccessRule {
    fileprivate var isEmpty: Bool {
        switch viewers {
        case .any: false
        case .addresses(let networks): networks.isEmpty
        case .countries(let countries): countries.isEmpty
        }
    }
}
