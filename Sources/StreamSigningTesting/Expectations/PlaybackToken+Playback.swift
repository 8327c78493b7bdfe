public import StreamSigning

extension PlaybackToken {
    /// Presents the token for playback, as a viewer would, to a verifier that needs neither network nor clock.
    ///
    /// ```swift
    /// #expect(token.playback(of: video, country: .gb, at: now) == .granted)
    /// #expect(token.playback(of: video, country: .fr, at: now) == .refused(.blockedByRule))
    /// #expect(token.playback(of: video, path: "downloads/default.mp4", at: now) == .refused(.downloadNotAllowed))
    /// ```
    /// - Parameters:
    ///   - video: the video asked for.
    ///   - path: what follows the token in the URL's path; nil counts as playback.
    ///   - address: the viewer's address; nil if unknown.
    ///   - country: the viewer's country; nil if unknown.
    ///   - time: the moment.
    ///   - keys: the keys that are trusted; nil for ``KeySet/testKeys``.
    ///   - revoked: what is revoked at that moment although its key is trusted.
    ///   - policy: what the verifier leaves open.
    public func playback(
        of video: VideoID, path: String? = nil, address: IPAddress? = nil, country: CountryCode? = nil,
        at time: NumericDate, keys: KeySet? = nil, revoked: [TestRevocation] = [],
        policy: VerificationPolicy = VerificationPolicy()
    ) -> PlaybackOutcome {
        let request = PlaybackRequest(video: video, path: path, address: address, country: country)
        return PlaybackOutcome(rawValue, for: request, at: time, keys: keys, revoked: revoked, policy: policy)
    }
}

extension PlaybackURL {
    /// Presents the URL for playback, as a viewer would: its token, for the path that follows it.
    ///
    /// ```swift
    /// let url = PlaybackURL(.download(), token: token, from: origin)
    /// #expect(url.playback(of: video, at: now) == .refused(.downloadNotAllowed))
    /// ```
    /// - Parameters:
    ///   - video: the video asked for.
    ///   - address: the viewer's address; nil if unknown.
    ///   - country: the viewer's country; nil if unknown.
    ///   - time: the moment.
    ///   - keys: the keys that are trusted; nil for ``KeySet/testKeys``.
    ///   - revoked: what is revoked at that moment although its key is trusted.
    ///   - policy: what the verifier leaves open.
    public func playback(
        of video: VideoID, address: IPAddress? = nil, country: CountryCode? = nil, at time: NumericDate,
        keys: KeySet? = nil, revoked: [TestRevocation] = [], policy: VerificationPolicy = VerificationPolicy()
    ) -> PlaybackOutcome {
        token.playback(
            of: video, path: path, address: address, country: country, at: time, keys: keys, revoked: revoked,
            policy: policy)
    }
}
