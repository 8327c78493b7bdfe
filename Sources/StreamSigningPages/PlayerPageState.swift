package import StreamSigning

/// What a player page is told when it is sent.
package struct PlayerPageState: Sendable {
    /// The video, if the token is authentic.
    package var video: VideoID?
    /// When the token expires, if it is authentic and does; in a session, the session's.
    package var expires: NumericDate?
    /// Whether the page plays in a session, which outlasts the link.
    package var isInSession: Bool
    /// The service's time. The page counts down by it, because a viewer's clock may be wrong.
    package var time: NumericDate
    /// Why it may not be played; nil if it may.
    package var denial: Denial?
    /// The HLS manifest, relative to the page.
    package var manifest: String?
    /// The MP4 for browsers that cannot play HLS, relative to the page; nil if the token does not allow downloads.
    package var download: String?
    /// The picture to show before playback, relative to the page.
    package var poster: String?

    package init(
        video: VideoID? = nil, expires: NumericDate? = nil, isInSession: Bool = false, time: NumericDate,
        denial: Denial? = nil,
        manifest: String? = nil, download: String? = nil, poster: String? = nil
    ) {
        self.video = video
        self.expires = expires
        self.isInSession = isInSession
        self.time = time
        self.denial = denial
        self.manifest = manifest
        self.download = download
        self.poster = poster
    }
}
