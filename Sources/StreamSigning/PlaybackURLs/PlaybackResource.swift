/// What to fetch of a video: the part of a playback URL after the token.
///
/// Paths and parameters are Stream's ("Use your own player", "Display thumbnails", "Download videos", "WebRTC beta").
public enum PlaybackResource: Sendable, Hashable {
    /// HLS manifest, `manifest/video.m3u8`.
    case hls
    /// Low-latency HLS of a live input, `manifest/video.m3u8?protocol=llhls`.
    case lowLatencyHLS
    /// DASH manifest, `manifest/video.mpd`.
    case dash
    /// Stream's player, for an `<iframe>`.
    case iframe
    /// A page that plays the video.
    case watch
    /// A still image.
    case thumbnail(Thumbnail = Thumbnail())
    /// A short animation.
    case animatedThumbnail(AnimatedThumbnail = AnimatedThumbnail())
    /// The MP4 file; needs a token with `downloadable`. The file name, if any, is what the browser saves it under.
    case download(filename: DownloadName? = nil)
    /// The M4A file of the sound; needs a token with `downloadable`.
    case audioDownload(filename: DownloadName? = nil)
    /// WebRTC playback (WHEP) of a live input, `webRTC/play`.
    case webRTC
    /// The state of a live input, `lifecycle`.
    case lifecycle

    /// The path and query after the token.
    public var path: String {
        switch self {
        case .hls: "manifest/video.m3u8"
        case .lowLatencyHLS: "manifest/video.m3u8?protocol=llhls"
        case .dash: "manifest/video.mpd"
        case .iframe: "iframe"
        case .watch: "watch"
        case .thumbnail(let options): "thumbnails/thumbnail.jpg" + options.query
        case .animatedThumbnail(let options): "thumbnails/thumbnail.gif" + options.query
        case .download(let name): "downloads/default.mp4" + (name?.query ?? "")
        case .audioDownload(let name): "downloads/audio.m4a" + (name?.query ?? "")
        case .webRTC: "webRTC/play"
        case .lifecycle: "lifecycle"
        }
    }

    /// Whether the token must allow downloads.
    public var isDownload: Bool {
        switch self {
        case .download, .audioDownload: true
        default: false
        }
    }
}
