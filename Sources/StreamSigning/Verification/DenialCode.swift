extension Denial {
    /// The stable name of a reason. More may be added; none is renamed. Each has an entry in the article "Why was my token
    /// refused?".
    ///
    /// Everything that belongs to a code is declared with it, below.
    public struct Code: RawRepresentable, Sendable, CaseIterable {
        /// The stable text, such as `expired`.
        public let rawValue: String
        /// The HTTP status: 401 for the token itself, 403 for a good token whose rules deny, 503 for a verifier that cannot
        /// say.
        public let httpStatus: Int
        /// What a page says to the viewer, who cannot change the token.
        package let headline: String
        /// Whether the same token may be accepted later.
        package let isPassing: Bool

        /// Any text; the codes in use are ``allCases``.
        public init(rawValue: String) {
            self = Self.allCases.first { $0.rawValue == rawValue } ?? Code(rawValue, 401)
        }

        private init(
            _ rawValue: String, _ httpStatus: Int, _ headline: String = "This link is not valid",
            isPassing: Bool = false
        ) {
            self.rawValue = rawValue
            self.httpStatus = httpStatus
            self.headline = headline
            self.isPassing = isPassing
        }

        private static let notNow = "Playback is not possible right now"

        /// There is no token where one is expected.
        public static let tokenMissing = Code("token_missing", 401, "This video needs a signed link")
        /// The text is longer than 8 KiB.
        public static let tokenTooLarge = Code("token_too_large", 401)
        /// The text is not a compact JWS: its segments, base64url or header JSON are wrong.
        public static let tokenMalformed = Code("token_malformed", 401)
        /// The header's `alg` is not RS256.
        public static let algorithmNotAllowed = Code("algorithm_not_allowed", 401)
        /// The header has `crit`, which asks for extensions that are not understood.
        public static let criticalHeaderUnsupported = Code("critical_header_unsupported", 401)
        /// Neither header nor payload has a `kid`.
        public static let keyIDMissing = Code("key_id_missing", 401)
        /// Header and payload have different `kid`s.
        public static let keyIDMismatch = Code("key_id_mismatch", 401)
        /// No trusted key has the token's `kid`.
        public static let keyUnknown = Code("key_unknown", 401, "This link has been withdrawn")
        /// The token's key was deleted.
        public static let keyRevoked = Code("key_revoked", 401, "This link has been withdrawn")
        /// The token's key is disabled or has expired, and may be enabled again.
        public static let keyDisabled = Code("key_disabled", 401, "This link has been withdrawn", isPassing: true)
        /// The signature is not the key's over this text.
        public static let signatureInvalid = Code("signature_invalid", 401)
        /// The payload is not a strict JSON object, or a claim has the wrong type.
        public static let claimsMalformed = Code("claims_malformed", 401)
        /// This one token was revoked.
        public static let tokenRevoked = Code("token_revoked", 401, "This link has been withdrawn")
        /// The session that the token belongs to was revoked.
        public static let sessionRevoked = Code("session_revoked", 401, "This playback has been ended")
        /// The viewer's tokens up to some moment were revoked.
        public static let viewerRevoked = Code("viewer_revoked", 401, "This link has been withdrawn")
        /// The video's tokens up to some moment were revoked.
        public static let videoRevoked = Code("video_revoked", 401, "This link has been withdrawn")
        /// The token has no `exp`.
        public static let expiryMissing = Code("expiry_missing", 401)
        /// The time of `exp` has come.
        public static let expired = Code("expired", 401, "This link has expired")
        /// The time of `nbf` has not come.
        public static let notYetValid = Code("not_yet_valid", 401, "This link is not valid yet", isPassing: true)
        /// The token stays valid for longer than the verifier allows.
        public static let lifetimeTooLong = Code("lifetime_too_long", 401)
        /// The token is for another video.
        public static let videoMismatch = Code("video_mismatch", 401, "This link is for another video")
        /// The access rules are not understood.
        public static let rulesMalformed = Code("rules_malformed", 401)
        /// An access rule blocks this viewer.
        public static let blockedByRule = Code("blocked_by_rule", 403, "This video is not available to you")
        /// A rule asks for the viewer's country, which is not known.
        public static let countryUnknown = Code("country_unknown", 403, "This video is not available here")
        /// A rule asks for the viewer's address, which is not known.
        public static let addressUnknown = Code("address_unknown", 403, "This video is not available here")
        /// The path is a download and the token does not allow downloads.
        public static let downloadNotAllowed = Code("download_not_allowed", 403, "This video may not be downloaded")
        /// The verifier's keys are too old to be trusted.
        public static let keysStale = Code("keys_stale", 503, notNow, isPassing: true)
        /// The token is good, and no session can be made for it at the moment.
        public static let sessionUnavailable = Code("session_unavailable", 503, notNow, isPassing: true)

        /// Every code, in the order of the checks.
        public static let allCases: [Code] = [
            tokenMissing, tokenTooLarge, tokenMalformed, algorithmNotAllowed, criticalHeaderUnsupported, keyIDMissing,
            keyIDMismatch, keyUnknown, keyRevoked, keyDisabled, signatureInvalid, claimsMalformed, tokenRevoked,
            sessionRevoked, viewerRevoked, videoRevoked, expiryMissing, expired, notYetValid, lifetimeTooLong,
            videoMismatch,
            rulesMalformed, blockedByRule, countryUnknown, addressUnknown, downloadNotAllowed, keysStale,
            sessionUnavailable,
        ]
    }
}

extension Denial.Code: Hashable, CustomStringConvertible {
    /// Whether the texts are the same.
    public static func == (left: Denial.Code, right: Denial.Code) -> Bool {
        left.rawValue == right.rawValue
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }

    /// The stable text.
    public var description: String { rawValue }
}
