/// What is requested and by whom: everything that a decision needs besides the token, the keys and the time.
public struct PlaybackRequest: Sendable, Hashable {
    /// The video or live input asked for; nil only through ``insecureForAnyVideo(path:address:country:)``.
    public let video: VideoID?
    /// What follows the token in the URL's path, such as `manifest/video.m3u8` or `downloads/default.mp4`; nil if unknown,
    /// which counts as playback.
    public let path: String?
    /// The viewer's address, if known.
    public let address: IPAddress?
    /// The viewer's country, if known.
    public let country: CountryCode?
    /// Whether the path is one that needs `downloadable: true`.
    package let isDownload: Bool

    /// What is nil is not known; a rule that asks for it refuses.
    public init(video: VideoID, path: String? = nil, address: IPAddress? = nil, country: CountryCode? = nil) {
        self.init(optionalVideo: video, path: path, address: address, country: country)
    }

    /// A request that accepts any video the token names, for code that compares the video itself or only inspects the token.
    /// Code that serves media must ask for the video it serves.
    public static func insecureForAnyVideo(
        path: String? = nil, address: IPAddress? = nil, country: CountryCode? = nil
    ) -> PlaybackRequest {
        PlaybackRequest(optionalVideo: nil, path: path, address: address, country: country)
    }

    private init(optionalVideo video: VideoID?, path: String?, address: IPAddress?, country: CountryCode?) {
        self.video = video
        self.path = path
        self.address = address
        self.country = country
        isDownload = path.map { DownloadPath.matches($0.utf8) } ?? false
    }

    /// As ``insecureForAnyVideo(path:address:country:)`` or, with a video, ``init(video:path:address:country:)``: from the bytes
    /// of a request, without making text of them.
    package init(
        video: VideoID?, pathBytes: UnsafeRawBufferPointer, address: IPAddress?, country: CountryCode?
    ) {
        self.video = video
        self.address = address
        self.country = country
        path = nil
        isDownload = DownloadPath.matches(pathBytes)
    }
}
