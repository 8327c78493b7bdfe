/// The content types of the files in a video's folder. None of them is one that a browser runs.
enum MediaType {
    static func of(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
        return switch name[name.index(after: dot)...].lowercased() {
        case "m3u8": "application/vnd.apple.mpegurl"
        case "mpd": "application/dash+xml"
        case "ts": "video/mp2t"
        case "m4s", "cmfv": "video/iso.segment"
        case "mp4", "m4v": "video/mp4"
        case "m4a", "cmfa": "audio/mp4"
        case "aac": "audio/aac"
        case "mp3": "audio/mpeg"
        case "webm": "video/webm"
        case "vtt": "text/vtt; charset=utf-8"
        case "jpg", "jpeg": "image/jpeg"
        case "png": "image/png"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "avif": "image/avif"
        case "json": "application/json"
        default: "application/octet-stream"
        }
    }

    /// Whether the file lists what to fetch next, and may change during playback.
    static func isManifest(_ path: String) -> Bool {
        path.hasSuffix(".m3u8") || path.hasSuffix(".mpd")
    }
}
