/// How to take a still image. Stream decides what is nil: the first frame, 640 by 640, cropped.
public struct Thumbnail: Sendable, Hashable {
    /// How the frame is fitted into the size.
    public enum Fit: String, Sendable, CaseIterable {
        case crop, clip, scale, fill
    }

    /// The position in the video, to the second.
    public let time: Duration?
    /// In pixels.
    public let width: Int?
    /// In pixels.
    public let height: Int?
    /// How the frame is fitted into the size.
    public let fit: Fit?

    /// Sizes below one pixel count as one, and times before the start as the start.
    public init(time: Duration? = nil, width: Int? = nil, height: Int? = nil, fit: Fit? = nil) {
        self.time = time
        self.width = width
        self.height = height
        self.fit = fit
    }

    var parameters: [(String, String)] {
        [
            time.map { ("time", "\(max($0.components.seconds, 0))s") }, height.map { ("height", "\(max($0, 1))") },
            width.map { ("width", "\(max($0, 1))") }, fit.map { ("fit", $0.rawValue) },
        ].compactMap(\.self)
    }

    var query: String { parameters.query }
}

/// How to make a short animation. Stream decides what is nil: 5 seconds at 8 frames a second.
public struct AnimatedThumbnail: Sendable, Hashable {
    /// Where it starts, and its size.
    public let frame: Thumbnail
    /// How long it is, to the second.
    public let duration: Duration?
    /// Frames per second.
    public let framesPerSecond: Int?

    /// Durations and rates below one count as one.
    public init(_ frame: Thumbnail = Thumbnail(), duration: Duration? = nil, framesPerSecond: Int? = nil) {
        self.frame = frame
        self.duration = duration
        self.framesPerSecond = framesPerSecond
    }

    var query: String {
        let own: [(String, String)] = [
            duration.map { ("duration", "\(max($0.components.seconds, 1))s") },
            framesPerSecond.map { ("fps", "\(max($0, 1))") },
        ].compactMap(\.self)
        return (frame.parameters + own).query
    }
}

/// The name a download is saved under.
public struct DownloadName: Sendable, Hashable {
    /// The name, without an extension.
    public let rawValue: String

    /// - Parameter text: 1 to 120 ASCII letters, digits, `-` and `_`, which is what Stream accepts.
    /// - Throws: ``InvalidURL``.
    public init(_ text: String) throws(InvalidURL) {
        guard text.utf8.allSatisfy(\.isASCIIIdentifier), (1...120).contains(text.utf8.count) else {
            throw InvalidURL("a download name has 1 to 120 ASCII letters, digits, '-' and '_'")
        }
        rawValue = text
    }

    var query: String { [("filename", rawValue)].query }
}

extension [(String, String)] {
    /// Names and values of these parameters need no percent-encoding.
    fileprivate var query: String {
        isEmpty ? "" : "?" + map { "\($0)=\($1)" }.joined(separator: "&")
    }
}
