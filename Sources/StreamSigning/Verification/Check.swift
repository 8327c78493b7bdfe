/// The checks of a verification, in their order.
public enum Check: String, Sendable, CaseIterable {
    /// Size, three segments, base64url, and a strict JSON header.
    case form
    /// `alg` is RS256.
    case algorithm
    /// No `crit`.
    case criticalHeader = "critical_header"
    /// A `kid` in header or payload, equal if in both.
    case keyID = "key_id"
    /// The key is trusted and not revoked.
    case key
    /// The signature is the key's.
    case signature
    /// The payload is strict JSON, its claims of the right types.
    case claims
    /// The token belongs to no session, or a node made it for one, and the key of the token that the session began with is still
    /// trusted.
    case session
    /// No revocation names the token, its session, its viewer or its video.
    case revocation
    /// `exp` is in the future.
    case expiry
    /// `nbf` is not in the future.
    case notBefore = "not_before"
    /// `exp` is not too far in the future.
    case lifetime
    /// `sub` is the video asked for.
    case video
    /// No access rule blocks the viewer.
    case rules
    /// A download is allowed.
    case download

    /// What a person calls it.
    public var title: String {
        switch self {
        case .form: "form"
        case .algorithm: "algorithm"
        case .criticalHeader: "critical header"
        case .keyID: "key id"
        case .key: "key"
        case .signature: "signature"
        case .claims: "claims"
        case .session: "session"
        case .revocation: "revocation"
        case .expiry: "expires"
        case .notBefore: "not before"
        case .lifetime: "lifetime"
        case .video: "video"
        case .rules: "access rules"
        case .download: "download"
        }
    }
}

/// Runs checks: the verifier stops at the first that fails, the explanation writes down all of them.
protocol CheckRecorder {
    /// - Parameters:
    ///   - body: the check itself.
    ///   - describe: the value that was looked at, for a person; not called unless it is shown.
    /// - Returns: the check's result; nil if it failed and the recorder goes on.
    func run<Value>(
        _ check: Check, _ body: () throws(Denial) -> Value, describe: (Value) -> String
    ) throws(Denial) -> Value?
}

/// Stops at the first check that fails.
struct FirstDenial: CheckRecorder {
    @inline(__always)
    func run<Value>(
        _ check: Check, _ body: () throws(Denial) -> Value, describe: (Value) -> String
    ) throws(Denial) -> Value? {
        try body()
    }
}
