/// Says who will not play a token or URL that is signed all the same, because it is longer than they take.
enum LengthNote {
    /// In characters. SRT and RTMP carry the token in the name of the stream, Apache and IIS take it for a file's name, and
    /// FFmpeg reads no longer URL.
    private static let limits = [
        (who: "FFmpeg", longest: 4096), (who: "RTMP", longest: 1024), (who: "SRT", longest: 512),
        (who: "Apache and IIS in one segment of a path", longest: 255),
    ]

    /// The signature alone takes 342 characters, so every token exceeds the smaller limits.
    private static let threshold = 1024

    /// - Parameter count: the characters of the longest text that was written.
    static func print(_ count: Int) {
        guard count > threshold else { return }
        let exceeded = limits.filter { count > $0.longest }.map { "\($0.who) \($0.longest)" }
        StandardError.note(
            "of these \(count) characters, some who play take fewer: \(exceeded.joined(separator: ", "))")
    }
}
