/// A token as people have it: alone, or in a playback URL.
package struct PresentedToken: Sendable {
    /// The token.
    package let text: String
    /// What follows the token in the URL; nil for a token alone.
    package let path: String?

    /// - Throws: ``Denial`` if it is a URL that carries no token.
    package init(reading text: String) throws(Denial) {
        guard Self.isURL(text) else {
            self.text = text
            path = nil
            return
        }
        let url = try PlaybackURL(reading: text)
        self.text = url.token.rawValue
        path = url.path
    }

    /// A token has no colon, so it cannot look like a URL.
    private static func isURL(_ text: String) -> Bool {
        // A token begins with the same letters as every other, which are not these.
        guard text.utf8.first == UInt8(ascii: "h") || text.utf8.first == UInt8(ascii: "H") else { return false }
        let scheme = text.prefix(8).lowercased()
        return scheme.hasPrefix("http://") || scheme.hasPrefix("https://")
    }
}
