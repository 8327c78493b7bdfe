/// Where a video is played from: the part of a playback URL before the token.
public struct PlaybackOrigin: Sendable, Hashable {
    /// Scheme, host and path prefix, without a slash at the end.
    public let baseURL: String

    /// Stream's own delivery host of one customer, `https://customer-<code>.cloudflarestream.com`.
    /// - Parameter code: the code in the dashboard's URLs, such as `f33zs165nr7gyfy4`: lower-case letters and digits. It is not
    ///   the account id.
    /// - Throws: ``InvalidURL``.
    public init(customerCode code: String) throws(InvalidURL) {
        let isCode = code.utf8.allSatisfy { $0.isASCIIAlphanumeric && $0.asciiLowercased == $0 }
        guard isCode, (1...63).contains(code.utf8.count) else {
            throw InvalidURL(
                "'\(code.excerpt())' is not a customer code: the lower-case letters and digits in customer-<CODE>.cloudflarestream.com"
            )
        }
        baseURL = "https://customer-\(code).cloudflarestream.com"
    }

    /// Any base URL, such as a gate of your own.
    /// - Parameter text: `http` or `https`, a host, perhaps a port and a path; no user, query or fragment.
    /// - Throws: ``InvalidURL``.
    public init(baseURL text: String) throws(InvalidURL) {
        let url = try URLParts(text)
        guard url.query == nil, url.fragment == nil else {
            throw InvalidURL("a base URL has no query and no fragment: the token and the rest follow its path")
        }
        var base = text
        while base.hasSuffix("/") { base.removeLast() }
        baseURL = base
    }
}
