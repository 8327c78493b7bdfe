internal import ArgumentParser

/// What a URL fetches of a video, by its name on the command line.
enum PlaybackKind: String, CaseIterable, ExpressibleByArgument {
    case hls, llhls, dash, iframe, watch, thumbnail, gif, download, audio, webrtc, lifecycle
    /// All the others; downloads only if the token allows them.
    case all

    var isDownload: Bool { self == .download || self == .audio }
    var isImage: Bool { self == .thumbnail || self == .gif }
}
