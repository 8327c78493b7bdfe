public import StreamSigning

/// Turns what a viewer has paid for into a playback token.
///
/// The time is an argument and the key comes from outside, so a test needs neither a clock nor a network.
public struct EntitlementPolicy: Sendable {
    private let signer: TokenSigner
    /// Where the videos may be shown; empty for everywhere.
    private let licensedCountries: [CountryCode]

    /// - Parameters:
    ///   - key: the key that signs.
    ///   - licensedCountries: where the videos may be shown; empty for everywhere.
    public init(key: SigningKey, licensedCountries: [CountryCode] = []) {
        signer = TokenSigner(key: key)
        self.licensedCountries = licensedCountries
    }

    /// A token for one video. It begins to be valid at once and ends with the plan's time.
    public func token(for plan: Plan, video: VideoID, at now: NumericDate) throws -> PlaybackToken {
        try signer.sign(
            PlaybackClaims(
                video: video, expires: now + plan.tokenLifetime, notBefore: now, isDownloadable: plan.mayDownload,
                rules: licensedCountries.isEmpty ? [] : [.allow(.countries(licensedCountries)), .block(.any)]))
    }
}
