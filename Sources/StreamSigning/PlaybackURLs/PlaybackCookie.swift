/// A cookie that carries a token, for players and CDNs that cannot change the paths of a video: the value of a `Set-Cookie` field
/// (RFC 6265 4.1).
///
/// ```swift
/// let cookie = try PlaybackCookie(token, expires: claims.expires, at: NumericDate(Date()))
/// response.headers.add(name: "Set-Cookie", value: cookie.text)
/// ```
///
/// Scripts cannot read it, and it travels over TLS only. Pages of other sites may have the video played, which a player on a site
/// of its own needs; the gate says which origins may read its answers.
public struct PlaybackCookie: Sendable, Hashable {
    /// The cookie's name.
    public static let name = "stream_token"
    /// The value of `Set-Cookie`. Anyone who has it can play the video.
    public let text: String

    /// - Parameters:
    ///   - token: the token.
    ///   - expires: when the token expires, which is when browsers forget the cookie; nil to forget it when they are closed.
    ///   - now: the time to count from.
    ///   - path: of the URLs that the cookie is sent with, such as `/`. A gate begins sessions (`playFor`) with cookies for `/`.
    ///   - domain: of the hosts that it is sent to; nil for the one that sets it.
    /// - Throws: ``InvalidURL`` if one of these cannot be in a cookie.
    public init(
        _ token: PlaybackToken, expires: NumericDate?, at now: NumericDate, path: String = "/", domain: String? = nil
    ) throws(InvalidURL) {
        guard token.rawValue.utf8.allSatisfy({ $0.isASCIIIdentifier || $0 == UInt8(ascii: ".") }) else {
            throw InvalidURL("the token has characters that no token has")
        }
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0.isASCIIVisible && $0 != UInt8(ascii: ";") }) else {
            throw InvalidURL("a cookie's path begins with a slash and has visible ASCII characters without ';'")
        }
        if let domain, !Self.isHost(domain) {
            throw InvalidURL("a cookie's domain is a host's name, such as example.com")
        }
        var parts = ["\(Self.name)=\(token.rawValue)", "Path=\(path)"]
        if let domain { parts.append("Domain=\(domain)") }
        if let expires { parts.append("Max-Age=\(max(0, (expires - now).components.seconds))") }
        text = (parts + ["Secure", "HttpOnly", "SameSite=None"]).joined(separator: "; ")
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty && label.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
            }
    }
}

extension PlaybackCookie: CustomStringConvertible, CustomDebugStringConvertible {
    /// The cookie without its token, for a log.
    public var description: String { "\(Self.name)=…\(text.drop { $0 != ";" })" }
    /// As ``description``.
    public var debugDescription: String { description }
}
