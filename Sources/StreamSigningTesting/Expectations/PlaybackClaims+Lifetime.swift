public import StreamSigning

extension PlaybackClaims {
    /// How long the token stays valid from `time` on; nil if it never ends.
    ///
    /// ```swift
    /// #expect(claims.lifetime(from: now) == .seconds(300))
    /// ```
    /// - Parameter time: usually the moment of signing.
    public func lifetime(from time: NumericDate) -> Duration? {
        terms.expires.map { $0 - time }
    }
}
