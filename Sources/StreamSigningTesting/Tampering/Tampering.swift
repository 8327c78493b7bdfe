public import StreamSigning

/// A way to make a genuine token into one that must be refused, and the reason it must be refused for.
///
/// A test of anything that lets viewers pass (a gate, a middleware, a player's backend) goes through all of them:
///
/// ```swift
/// @Test(arguments: Tampering.allCases)
/// func gateRefuses(_ tampering: Tampering) throws {
///     let token = try TokenSigner(key: .testKey).sign(claims)
///     let tampered = try token.tampered(tampering)
///     #expect(gate.answer(tampered).status == 401)
///     #expect(tampered.playback(of: video, at: now) == .refused(tampering.refusal))
/// }
/// ```
///
/// More may be added: do not count them.
public enum Tampering: String, Sendable, CaseIterable {
    // MARK: The claims are others, the signature is kept.

    /// `sub` names another video.
    case videoReplaced
    /// `exp` is an hour later.
    case expiryExtended
    /// `downloadable` is the other way round.
    case downloadableFlipped
    /// `accessRules` are others, which allow everyone.
    case rulesOpened
    /// One bit of the payload is the other way round.
    case payloadBitFlipped

    // MARK: The claims are kept, the signature is another.

    /// One bit of the signature is the other way round.
    case signatureBitFlipped
    /// The second half of the signature is missing.
    case signatureCut
    /// The signature is empty.
    case signatureRemoved
    /// Somebody else's key signed it under the genuine key's id.
    case signedByOtherKey
    /// Somebody else's key signed it, and the header brings that key along as `jwk`.
    case keyEmbedded

    // MARK: The header asks for another algorithm.

    /// `alg` is `none`, and there is no signature.
    case algorithmNone
    /// `alg` is `HS256`, and the MAC is keyed with the public key's PEM, as a verifier that trusts `alg` would check it.
    case algorithmHS256
    /// `crit` asks for an extension; otherwise well signed.
    case criticalHeader

    // MARK: The key id is wrong, the signature is good.

    /// Neither header nor payload has a `kid`.
    case keyIDMissing
    /// The payload's `kid` is not the header's.
    case keyIDMismatched
    /// Both `kid`s name a key that nobody has.
    case keyIDUnknown

    // MARK: The text is damaged.

    /// There is nothing.
    case emptied
    /// The token ends before its signature, as in a link that was cut.
    case truncated
    /// A `=` is appended, which base64url in tokens does not have.
    case padded
    /// A line break is appended.
    case lineBreakAppended
    /// One bit of the header is the other way round.
    case headerBitFlipped
    /// The token is longer than 8 KiB; otherwise well signed.
    case oversized

    // MARK: The key's owner signed what must not be accepted.

    /// Genuine, and for another video.
    case forOtherVideo
    /// Ended in 1970.
    case expired
    /// Begins in the year 9999.
    case notYetValid
    /// There is no `exp`.
    case expiryRemoved
    /// `exp` is in milliseconds.
    case expiryInMilliseconds
    /// There is no `sub`.
    case videoRemoved
    /// There are two `sub`s, of which a lax reader takes the first or the last.
    case videoDoubled
    /// An access rule has an unknown type.
    case ruleUnknown

    /// Why a verifier refuses the tampered token, provided it accepts the genuine one: it trusts the key, asks for the same
    /// video at the same time for the same viewer, and its policy is the default one.
    public var refusal: Denial.Code {
        switch self {
        case .videoReplaced, .expiryExtended, .downloadableFlipped, .rulesOpened, .payloadBitFlipped,
            .signatureBitFlipped, .signatureCut, .signatureRemoved, .signedByOtherKey, .keyEmbedded:
            .signatureInvalid
        case .algorithmNone, .algorithmHS256: .algorithmNotAllowed
        case .criticalHeader: .criticalHeaderUnsupported
        case .keyIDMissing: .keyIDMissing
        case .keyIDMismatched: .keyIDMismatch
        case .keyIDUnknown: .keyUnknown
        case .emptied: .tokenMissing
        case .truncated, .padded, .lineBreakAppended, .headerBitFlipped: .tokenMalformed
        case .oversized: .tokenTooLarge
        case .forOtherVideo: .videoMismatch
        case .expired: .expired
        case .notYetValid: .notYetValid
        case .expiryRemoved: .expiryMissing
        case .expiryInMilliseconds, .videoRemoved, .videoDoubled: .claimsMalformed
        case .ruleUnknown: .rulesMalformed
        }
    }
}
