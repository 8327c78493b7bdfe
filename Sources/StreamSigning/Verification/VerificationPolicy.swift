/// What a verifier accepts, where that is for its owner to decide.
public struct VerificationPolicy: Sendable, Hashable {
    /// How far the clocks of signer and verifier may be apart: `exp` and `nbf` are stretched by this much. Never negative.
    public let leeway: Duration
    /// The longest time from now to `exp` that is accepted; nil for any. With a limit, a token without `exp` is refused.
    /// Stream's own limit is 24 hours.
    public let maximumLifetime: Duration?
    /// Whether a token without `exp` is accepted, which only deleting its key can stop.
    public let insecurelyAllowsMissingExpiry: Bool

    /// By default the strict policy: no leeway, any lifetime, `exp` required.
    public init(
        leeway: Duration = .zero, maximumLifetime: Duration? = nil, insecurelyAllowsMissingExpiry: Bool = false
    ) {
        self.leeway = max(leeway, .zero)
        self.maximumLifetime = maximumLifetime
        self.insecurelyAllowsMissingExpiry = insecurelyAllowsMissingExpiry
    }
}
