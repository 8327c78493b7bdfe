/// What a verifier leaves open to its owner.
public struct VerificationPolicy: Sendable, Hashable {
    /// How far the clocks of signer and verifier may be apart: `exp` and `nbf` are stretched by this much. Never negative.
    public let leeway: Duration
    /// The longest time from now to `exp` that is accepted, so that a token without `exp` is not; nil for any. Stream's own
    /// limit is 24 hours.
    public let maximumLifetime: Duration?
    /// Whether a token without `exp`, which nothing but deleting its key stops, is accepted.
    public let insecurelyAllowsMissingExpiry: Bool

    /// The strict policy, unless told otherwise: no leeway, any lifetime, `exp` required.
    public init(
        leeway: Duration = .zero, maximumLifetime: Duration? = nil, insecurelyAllowsMissingExpiry: Bool = false
    ) {
        self.leeway = max(leeway, .zero)
        self.maximumLifetime = maximumLifetime
        self.insecurelyAllowsMissingExpiry = insecurelyAllowsMissingExpiry
    }
}
