import NIOCore
import StreamSigning

/// What kind of file it is, by its name.
struct MediaType: Sendable {
    /// `Content-Type`. None of them is one that a browser runs.
    let name: String
    /// What it is in, if the file lists what to fetch next, and may change during playback.
    let manifestFormat: ManifestFormat?
    /// Whether it is a manifest or subtitles: short texts, which are sent from memory and are worth compressing.
    let isText: Bool
    /// The name's extension, in lower case.
    private let suffix: String

    init(_ path: String) {
        let file = path.split(separator: "/").last ?? ""
        suffix = file.lastIndex(of: ".").map { file[file.index(after: $0)...].lowercased() } ?? ""
        name = Self.names[suffix] ?? "application/octet-stream"
        manifestFormat = Self.manifestFormats[suffix]
        isText = manifestFormat != nil || suffix == "vtt"
    }

    var isManifest: Bool { manifestFormat != nil }

    /// Whether a text ends as its writer leaves it. What is still being written is mostly cut within a line, or empty.
    func looksWhole(_ text: ByteBuffer) -> Bool {
        guard let last = text.readableBytesView.last else { return false }
        switch suffix {
        case "m3u8": return last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r")
        case "mpd":
            // The closing tag, perhaps with a prefix of its name, and perhaps with white space behind it.
            let end = text.readableBytesView.suffix(256).reversed().drop(while: \.isASCIIWhitespace)
            let tag = end.prefix { $0 != UInt8(ascii: "<") }
            return tag.starts(with: ">DPM".utf8) && tag.last == UInt8(ascii: "/")
        default: return true
        }
    }

    private static let manifestFormats: [String: ManifestFormat] = ["m3u8": .hls, "mpd": .dash]

    private static let names = [
        "m3u8": "application/vnd.apple.mpegurl",
        "mpd": "application/dash+xml",
        "ts": "video/mp2t",
        "m4s": "video/iso.segment",
        "cmfv": "video/iso.segment",
        "mp4": "video/mp4",
        "m4v": "video/mp4",
        "m4a": "audio/mp4",
        "cmfa": "audio/mp4",
        "aac": "audio/aac",
        "mp3": "audio/mpeg",
        "webm": "video/webm",
        "vtt": "text/vtt; charset=utf-8",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "png": "image/png",
        "gif": "image/gif",
        "webp": "image/webp",
        "avif": "image/avif",
        "json": "application/json",
    ]
}
