/// Decides whether a token may play a video now, for this viewer, and says exactly why not.
///
/// ```swift
/// let verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
/// let verified = try verifier.verify(token, for: PlaybackRequest(video: video), at: NumericDate(Date()))
/// ```
///
/// A verifier is an immutable value for any number of threads; when keys or revocations change, make another.
public struct TokenVerifier: Sendable {
    /// The trusted keys.
    public let keys: KeySet
    /// Tokens that are refused although their keys are trusted.
    public let revocations: RevocationSet
    /// What to accept beyond the strict rules.
    public let policy: VerificationPolicy

    /// A verifier that trusts `keys`, and nothing that a token brings with it.
    public init(
        keys: KeySet, revocations: RevocationSet = RevocationSet(), policy: VerificationPolicy = VerificationPolicy()
    ) {
        self.keys = keys
        self.revocations = revocations
        self.policy = policy
    }

    /// - Parameters:
    ///   - token: the token's text as presented; at most 8 KiB.
    ///   - request: what is asked for and by whom.
    ///   - now: the time to decide for. A token is valid when `nbf <= now < exp`.
    /// - Throws: ``Denial``, the first in the order of ``Check``.
    public func verify(_ token: String, for request: PlaybackRequest, at now: NumericDate) throws(Denial)
        -> VerifiedToken
    {
        try admit(authenticate(token), for: request, at: now)
    }

    /// As ``verify(_:for:at:)-(String,_,_)``.
    public func verify(
        _ token: PlaybackToken, for request: PlaybackRequest, at now: NumericDate
    ) throws(Denial) -> VerifiedToken {
        try verify(token.rawValue, for: request, at: now)
    }

    /// The part of a verification that does not depend on request and time: form, key and signature. Its result may be kept
    /// and admitted again and again, as long as its key is trusted.
    /// - Throws: ``Denial``.
    public func authenticate(_ token: String) throws(Denial) -> AuthenticatedToken {
        var token = token
        let result = token.withUTF8 { bytes in
            Result { () throws(Denial) in try authenticate(utf8: bytes) }
        }
        return try result.get()
    }

    /// As ``authenticate(_:)-(String)``, for the token's bytes.
    public func authenticate(utf8 bytes: UnsafeBufferPointer<UInt8>) throws(Denial) -> AuthenticatedToken {
        try Self.authenticate(utf8: bytes) { keys.standing(of: $0) }
    }

    /// As ``authenticate(utf8:)``, for code with more keys, or with faster news of changes, than a ``KeySet`` suits.
    @inline(__always)
    package static func authenticate(
        utf8 bytes: UnsafeBufferPointer<UInt8>, standing: (KeyID) -> KeyStanding
    ) throws(Denial) -> AuthenticatedToken {
        let outcome = try AuthenticityChecks.run(bytes, standing: standing, recorder: FirstDenial())
        return try AuthenticatedToken(outcome)
    }

    /// The part of a verification that depends on request and time: revocations, validity, video, rules, download.
    /// - Throws: ``Denial``.
    public func admit(
        _ token: AuthenticatedToken, for request: PlaybackRequest, at now: NumericDate
    ) throws(Denial) -> VerifiedToken {
        try policy.admit(token, for: request, at: now, revocations: revocations)
    }

    /// Runs every check and reports each with its outcome and the value it looked at, and goes on after a failure as far as it
    /// can. It also reports the values of a token with an invalid signature: they are what the token claims, not what is
    /// true.
    public func explain(_ token: String, for request: PlaybackRequest, at now: NumericDate) -> Explanation {
        policy.explain(
            token, for: request, at: now, standing: { keys.standing(of: $0) }, revocations: { _ in revocations })
    }
}

/// The part of a verification that does not look up keys.
extension VerificationPolicy {
    /// As ``TokenVerifier/admit(_:for:at:)``.
    package func admit(
        _ token: AuthenticatedToken, for request: PlaybackRequest, at now: NumericDate,
        revocations: RevocationSet = RevocationSet()
    ) throws(Denial) -> VerifiedToken {
        let checks = AdmissionChecks(policy: self, revocations: revocations, request: request, now: now)
        guard let claims = try checks.run(token.claims, recorder: FirstDenial()) else {
            throw Denial(.claimsMalformed, "the claims could not be read")
        }
        return VerifiedToken(claims: claims, keyID: token.keyID)
    }

    /// As ``TokenVerifier/explain(_:for:at:)``.
    /// - Parameters:
    ///   - standing: what is known of a key id.
    ///   - revocations: those that count for the tokens of a key; its id is nil if the token names none.
    package func explain(
        _ token: String, for request: PlaybackRequest, at now: NumericDate, standing: (KeyID) -> KeyStanding,
        revocations: (KeyID?) -> RevocationSet = { _ in RevocationSet() }
    ) -> Explanation {
        let recorder = Explanation.Recorder()
        var token = token
        token.withUTF8 { bytes in
            // The recorder throws nothing: it writes failures down.
            guard let (claims, id) = try? AuthenticityChecks.run(bytes, standing: standing, recorder: recorder) else {
                return
            }
            let checks = AdmissionChecks(policy: self, revocations: revocations(id), request: request, now: now)
            _ = try? checks.run(claims, recorder: recorder)
        }
        return recorder.explanation(at: now)
    }
}

/// A token that a trusted key signed. It may still be expired, or for another video: it permits nothing until
/// ``TokenVerifier/admit(_:for:at:)`` makes a ``VerifiedToken`` of it.
public struct AuthenticatedToken: Sendable {
    /// The key that signed it.
    public let keyID: KeyID
    let claims: TokenClaims

    /// - Parameter outcome: of ``AuthenticityChecks``, which ended at the first that failed.
    init(_ outcome: (claims: TokenClaims, keyID: KeyID?)?) throws(Denial) {
        guard let claims = outcome?.claims, let keyID = outcome?.keyID else {
            throw Denial(.tokenMalformed, "the token could not be read")
        }
        self.claims = claims
        self.keyID = keyID
    }

    /// The keys it depends on: the one that signed it and, of a session token, the one that signed the token its session began
    /// with. Without either it is not to be admitted.
    public var keyIDs: [KeyID] { [keyID] + (claims.terms.sessionOrigin.map { [$0.keyID] } ?? []) }

    /// When it ends; nil if never.
    public var expires: NumericDate? { claims.terms.expires }

    /// The video it names, if its `sub` can be one. For display: no request has been compared with it.
    package var video: VideoID? { try? VideoID(claims.subject) }
}

/// A permission: the token is genuine, valid now, for the requested video, and its rules allow the viewer. Only a
/// ``TokenVerifier`` makes one, so a function that takes it cannot be called with text from the network.
public struct VerifiedToken: Sendable, Hashable {
    /// What the token says.
    public let claims: PlaybackClaims
    /// The key that signed it.
    public let keyID: KeyID

    fileprivate init(claims: PlaybackClaims, keyID: KeyID) {
        self.claims = claims
        self.keyID = keyID
    }
}
