import StreamSigning

/// Gives entitled viewers the URLs of a video.
struct PlaybackService: Sendable {
    private let signer: TokenSigner
    private let origin: PlaybackOrigin
    private let longestLifetime: Duration

    /// - Parameters:
    ///   - key: the key that signs.
    ///   - origin: where the videos are played from.
    ///   - longestLifetime: a URL is passed on easily, so it ends after this time even if the session does not.
    init(key: SigningKey, origin: PlaybackOrigin, longestLifetime: Duration = .seconds(3600)) {
        signer = TokenSigner(key: key)
        self.origin = origin
        self.longestLifetime = longestLifetime
    }

    enum Refusal: Error {
        case sessionEnded
        case notEntitled
    }

    /// One token does for all URLs of the video.
    /// - Throws: ``Refusal`` if the viewer may not watch it.
    func playback(of video: VideoID, in session: ViewerSession, at now: NumericDate) throws -> SignedPlayback {
        guard now < session.ends else { throw Refusal.sessionEnded }
        guard session.videos.contains(video) else { throw Refusal.notEntitled }
        let expires = min(session.ends, now + longestLifetime)
        let token = try signer.sign(PlaybackClaims(video: video, expires: expires))
        return SignedPlayback(
            hls: PlaybackURL(.hls, token: token, from: origin).text,
            thumbnail: PlaybackURL(.thumbnail(Thumbnail(width: 320)), token: token, from: origin).text,
            expires: expires.description)
    }
}

/// The answer to a viewer: URLs that anybody who has them can play.
struct SignedPlayback: Codable, Sendable {
    let hls: String
    let thumbnail: String
    /// RFC 3339, so that the player knows when to ask again.
    let expires: String
}
