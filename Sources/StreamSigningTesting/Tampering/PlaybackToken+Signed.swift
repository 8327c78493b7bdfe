public import StreamSigning

extension PlaybackToken {
    /// A well-signed token that says whatever you like, which `TokenSigner` does not make.
    ///
    /// ```swift
    /// let token = try PlaybackToken.signed(payloadJSON: #"{"sub":42,"exp":1760000000}"#)
    /// #expect(token.playback(of: video, at: now) == .refused(.claimsMalformed))
    /// ```
    /// - Parameters:
    ///   - payloadJSON: the payload, which is not checked: it may lack claims, have them twice, or not even be JSON.
    ///   - headerJSON: the header, which is not checked either; nil for the usual one, `{"alg":"RS256","kid":…}`.
    ///   - key: the key that signs; nil for ``SigningKey/testKey``.
    /// - Throws: `KeyError` if OpenSSL fails.
    public static func signed(
        payloadJSON: String, headerJSON: String? = nil, with key: SigningKey? = nil
    ) throws(KeyError) -> PlaybackToken {
        let key = if let key { key } else { try SigningKey.testKey }
        let header = headerJSON ?? "{\"alg\":\"RS256\",\"kid\":\(key.id.rawValue.json)}"
        return try CompactToken(header: JSONMembers(objectText: header), payload: JSONMembers(objectText: payloadJSON))
            .signed(by: key).joined
    }
}
