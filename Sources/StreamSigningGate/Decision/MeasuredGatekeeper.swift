public import StreamSigning
import StreamSigningKeyRing
public import StreamSigningStore

/// A ``Gatekeeper`` of one event loop that trusts one key, by itself: for the benchmarks, which are another package.
@_spi(Measurement) public final class MeasuredGatekeeper {
    /// Its keys have an age, as a node's have: a decision looks at the clock.
    private let ring = KeyRing(
        KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []), maximumAge: .seconds(24 * 3600))
    private let keeper: Gatekeeper

    /// - Parameter cachedTokens: how many tokens are remembered.
    public init(trusting key: VerificationKey, of account: AccountID, cachedTokens: Int) {
        ring.add(key, of: account)
        keeper = Gatekeeper(
            ring: ring, policy: VerificationPolicy(),
            cache: VerifiedTokenCache.Bounds(entries: cachedTokens, bytes: cachedTokens * 4096))
    }

    /// Decides about `/<token>/<path>` as the gate does for each request.
    public func decide(
        _ token: UnsafeRawBufferPointer, path: UnsafeRawBufferPointer, from address: IPAddress?,
        in country: CountryCode?, at now: NumericDate
    ) throws(Denial) -> VerifiedToken {
        let request = PlaybackRequest(video: nil, pathBytes: path, address: address, country: country)
        return try keeper.decide(token, for: request, at: now, freshness: ring.freshness).token
    }

    /// Decisions that needed a verification, up to now.
    public var verifications: Int { keeper.misses }
}
