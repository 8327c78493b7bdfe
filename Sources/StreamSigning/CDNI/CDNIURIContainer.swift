/// Which URLs a CDNI token is for: `cdniuc` (RFC 9246 2.1.10).
///
/// ```swift
/// let container = try CDNIURIContainer(prefix: "https://cdn.example/videos/ea95132c15732412d22c1476fa83f27a/")
/// ```
public struct CDNIURIContainer: Sendable, Hashable {
    /// `regex:` and a POSIX extended regular expression, or `hash:` and the base64url of a SHA-256.
    public let text: String

    /// The longest text, in bytes.
    public static let maximumCount = 2_048

    /// A container as it is to be signed.
    /// - Throws: ``InvalidClaim`` if it has neither form, is too long or has control characters. Whether it is a good expression is
    ///   for the server to say that matches it: one without anchors is found anywhere in a URL.
    public init(_ text: String) throws(InvalidClaim) {
        let kinds = ["regex:", "hash:"]
        guard kinds.contains(where: { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }) else {
            throw InvalidClaim("a URI container begins with `regex:` or `hash:`, and says something after it")
        }
        guard text.utf8.count <= Self.maximumCount, !text.hasControlCharacters else {
            throw InvalidClaim("a URI container has at most \(Self.maximumCount) bytes and no control characters")
        }
        self.text = text
    }

    /// Every URL below a prefix: an expression that is anchored at both ends. A segment that is empty or begins with a dot does not
    /// match, so no URL leads out of the folder.
    /// - Parameter prefix: `http` or `https`, a host and perhaps a path, without query and fragment, as the server sees URLs. A
    ///   slash at its end is added.
    /// - Throws: ``InvalidClaim``.
    public init(prefix: String) throws(InvalidClaim) {
        let url: URLParts
        do throws(InvalidURL) {
            url = try URLParts(prefix)
        } catch {
            throw InvalidClaim(error.reason)
        }
        guard url.query == nil, url.fragment == nil else { throw InvalidClaim("a prefix has no query and no fragment") }
        let special = "\\^$.|?*+()[]{}"
        var escaped = ""
        for character in prefix {
            if special.contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        let slash = prefix.hasSuffix("/") ? "" : "/"
        try self.init("regex:^\(escaped)\(slash)([^./?#][^/?#]*/)*[^./?#][^/?#]*([?].*)?$")
    }
}
