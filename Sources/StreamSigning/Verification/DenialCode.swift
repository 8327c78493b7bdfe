extension Denial {
    /// The stable name of a reason. More may be added; none is renamed. Each has an entry in the article "Why was my token
    /// refused?".
    public struct Code: RawRepresentable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
        /// The stable text, such as `expired`.
        public let rawValue: String

        /// Any text; the codes in use are ``allCases``.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The stable text.
        public var description: String { rawValue }

        /// There is no token where one is expected.
        public static let tokenMissing = Code(rawValue: "token_missing")
        /// The text is longer than 8 KiB.
        public static let tokenTooLarge = Code(rawValue: "token_too_large")
        /// The text is no compact JWS: its segments, base64url or header JSON are wrong.
        public static let tokenMalformed = Code(rawValue: "token_malformed")
        /// The header's `alg` is not RS256.
        public static let algorithmNotAllowed = Code(rawValue: "algorithm_not_allowed")
        /// The header has `crit`, which asks for extensions that are not understood.
        public static let criticalHeaderUnsupported = Code(rawValue: "critical_header_unsupported")
        /// Neither header nor payload has a `kid`.
        public static let keyIDMissing = Code(rawValue: "key_id_missing")
        /// Header and payload have different `kid`s.
        public static let keyIDMismatch = Code(rawValue: "key_id_mismatch")
        /// No trusted key has the token's `kid`.
        public static let keyUnknown = Code(rawValue: "key_unknown")
        /// The token's key was deleted.
        public static let keyRevoked = Code(rawValue: "key_revoked")
        /// The signature is not the key's over this text.
        public static let signatureInvalid = Code(rawValue: "signature_invalid")
        /// The payload is no strict JSON object, or a claim has the wrong type.
        public static let claimsMalformed = Code(rawValue: "claims_malformed")
        /// The token is for another video.
        public static let videoMismatch = Code(rawValue: "video_mismatch")
        /// The token has no `exp`.
        public static let expiryMissing = Code(rawValue: "expiry_missing")
        /// The time of `exp` has come.
        public static let expired = Code(rawValue: "expired")
        /// The time of `nbf` has not come.
        public static let notYetValid = Code(rawValue: "not_yet_valid")
        /// The token stays valid for longer than the verifier allows.
        public static let lifetimeTooLong = Code(rawValue: "lifetime_too_long")
        /// The access rules are not understood.
        public static let rulesMalformed = Code(rawValue: "rules_malformed")
        /// An access rule blocks this viewer.
        public static let blockedByRule = Code(rawValue: "blocked_by_rule")
        /// A rule asks for the viewer's country, which is not known.
        public static let countryUnknown = Code(rawValue: "country_unknown")
        /// A rule asks for the viewer's address, which is not known.
        public static let addressUnknown = Code(rawValue: "address_unknown")
        /// The path is a download and the token does not allow downloads.
        public static let downloadNotAllowed = Code(rawValue: "download_not_allowed")
        /// The verifier's keys are too old to be trusted.
        public static let keysStale = Code(rawValue: "keys_stale")

        /// Every code, in the order of the checks.
        public static let allCases: [Code] = [
            tokenMissing, tokenTooLarge, tokenMalformed, algorithmNotAllowed, criticalHeaderUnsupported, keyIDMissing,
            keyIDMismatch, keyUnknown, keyRevoked, signatureInvalid, claimsMalformed, expiryMissing, expired,
            notYetValid,
            lifetimeTooLong, videoMismatch, rulesMalformed, blockedByRule, countryUnknown, addressUnknown,
            downloadNotAllowed, keysStale,
        ]
    }
}
