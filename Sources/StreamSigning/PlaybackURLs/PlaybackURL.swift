/// A signed playback URL: an origin, a token in place of the video's id, and what is fetched.
///
/// ```swift
/// let url = PlaybackURL(.hls, token: token, from: try PlaybackOrigin(customerCode: "f33zs165nr7gyfy4"))
/// print(url.text)     // https://customer-f33zs165nr7gyfy4.cloudflarestream.com/eyJhbGciOi…/manifest/video.m3u8
/// ```
public struct PlaybackURL: Sendable, Hashable {
    /// The token.
    public let token: PlaybackToken
    /// The part before the token, slash included.
    private let prefix: String
    /// The part after the token: a path that begins with a slash, a query, or nothing.
    private let suffix: String

    /// The URL of `resource` at `origin`. The token is taken as it is; a download needs one that allows it.
    public init(_ resource: PlaybackResource, token: PlaybackToken, from origin: PlaybackOrigin) {
        self.token = token
        prefix = origin.baseURL + "/"
        suffix = "/" + resource.path
    }

    /// Finds the token in a playback URL of any kind and host, without verifying it.
    /// - Throws: ``Denial``: `token_missing` if the URL carries none where one belongs, saying where it is instead (users paste
    ///   `?token=…`); `token_malformed` if the text is not a URL.
    public init(reading text: String) throws(Denial) {
        let url: URLParts
        do {
            url = try URLParts(text)
        } catch {
            throw Denial(.tokenMalformed, error.reason)
        }
        let segments = url.path.split(separator: "/", omittingEmptySubsequences: true)
        guard let segment = segments.first(where: { Self.looksLikeToken($0) }) else {
            throw Self.missingToken(url)
        }
        token = PlaybackToken(rawValue: String(segment))
        prefix = String(text[..<segment.startIndex])
        suffix = String(text[segment.endIndex...])
    }

    /// The URL as text. Anyone who has it can play the video.
    public var text: String { prefix + token.rawValue + suffix }

    /// The path after the token, such as `manifest/video.m3u8`, without query.
    public var path: String {
        String(suffix.dropFirst(suffix.hasPrefix("/") ? 1 : 0).prefix { $0 != "?" && $0 != "#" })
    }

    /// Three segments, of which the first is the base64url of a JSON object's beginning or at least as long as one.
    private static func looksLikeToken(_ segment: Substring) -> Bool {
        let parts = segment.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && (parts[0].hasPrefix("ey") || parts[0].utf8.count >= 20)
    }

    private static func missingToken(_ url: URLParts) -> Denial {
        let parameters = url.query?.split(separator: "&") ?? []
        let misplaced = parameters.first { parameter in
            let pair = parameter.split(separator: "=", maxSplits: 1)
            return pair.count == 2 && looksLikeToken(pair[1])
        }
        if let misplaced {
            // Both are from outside, and either may be a token itself.
            let (name, host) = (String(misplaced.prefix { $0 != "=" }).excerpt(32), String(url.host).excerpt(64))
            return Denial(
                .tokenMissing,
                "the token is in the query (?\(name)=…): put it into the path in place of the video id, https://\(host)/<token>/…"
            )
        }
        return Denial(
            .tokenMissing, "the URL carries no token: a signed token goes into its path in place of the video id")
    }
}

extension PlaybackURL: CustomStringConvertible, CustomDebugStringConvertible {
    /// The URL for a log: every copy of the token shortened, and no query, because people put tokens there too.
    public var description: String {
        let whole = "\(prefix)\(token.rawValue)\(suffix.prefix { $0 != "?" && $0 != "#" })"
        return whole.replacing(token.rawValue, with: "\(token.rawValue.prefix(12))…")
    }
    /// As ``description``.
    public var debugDescription: String { description }
}
