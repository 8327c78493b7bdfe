public import StreamSigning
import StreamSigningKeyRing
public import StreamSigningStore

/// The decisions of one event loop that trusts one key, without HTTP: for the benchmarks. They are a package of their own, so
/// `package` access does not reach them.
@_spi(Measurement) public final class MeasuredGatekeeper {
    /// Its keys can grow stale, so every decision reads the clock, as in service.
    private let ring = KeyRing(
        KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []), maximumAge: .seconds(86400))
    private let keeper: Gatekeeper

    /// - Parameters:
    ///   - cachedTokens: how many tokens are remembered.
    ///   - revocations: those of the account.
    ///   - notesUse: whether it is noted for a report that the key was used, as in service.
    public init(
        trusting key: VerificationKey, of account: AccountID, cachedTokens: Int, revocations: [Revocation] = [],
        notesUse: Bool = true
    ) {
        ring.add(key, of: account)
        ring.add(revocations, of: account, at: ChangeNumber(rawValue: 1))
        ring.confirm(at: .now)
        keeper = Gatekeeper(
            ring: ring, policy: VerificationPolicy(),
            cache: VerifiedTokenCache.Bounds(entries: cachedTokens, bytes: cachedTokens * 4096),
            notesUse: notesUse)
    }

    /// Decides about `/<token>/<path>` as the gate does for each request.
    public func decide(
        _ token: UnsafeRawBufferPointer, path: UnsafeRawBufferPointer, from address: IPAddress?,
        in country: CountryCode?, at now: NumericDate
    ) throws(Denial) -> VerifiedToken {
        let request = PlaybackRequest(video: nil, pathBytes: path, address: address, country: country)
        return try keeper.decide(token, for: request, at: now).token
    }

    /// How many decisions needed a verification.
    public var verifications: Int { keeper.misses }
}
