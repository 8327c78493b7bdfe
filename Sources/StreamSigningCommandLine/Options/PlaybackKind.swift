internal import ArgumentParser

/// What of a video a URL fetches, by the name it has on the command line.
enum PlaybackKind: String, CaseIterable, ExpressibleByArgument {
    case hls, llhls, dash, iframe, watch, thumbnail, gif, download, audio, webrtc, lifecycle
    /// Every other one; downloads only if the token allows them.
    case all

    var isDownload: Bool { self == .download || self == .audio }
    var isImage: Bool { self == .thumbnail || self == .gif }
}
