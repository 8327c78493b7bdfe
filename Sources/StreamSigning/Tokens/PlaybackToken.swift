/// A signed token as text: a compact JWS (RFC 7515 7.1), which replaces the video's id in a playback URL.
///
/// Anyone who has it can play the video, so descriptions show only its beginning; ``rawValue`` is the text.
public struct PlaybackToken: Sendable, Hashable, RawRepresentable {
    /// The token's text.
    public let rawValue: String

    /// Any text; only a ``TokenVerifier`` says whether it is a token.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The longest text that a verifier reads, in bytes.
    public static let maximumCount = 8 * 1024
}

extension PlaybackToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The beginning of the text, and its length.
    public var description: String { "PlaybackToken(\(rawValue.prefix(12))…, \(rawValue.utf8.count) bytes)" }
    /// As ``description``.
    public var debugDescription: String { description }
    /// The length of the text, and none of it.
    public var customMirror: Mirror { Mirror(self, children: ["count": rawValue.utf8.count]) }
}
