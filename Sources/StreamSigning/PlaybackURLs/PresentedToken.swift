/// A token as a person has it in hand: alone, or in a playback URL.
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

    /// The dots and the alphabet of a token leave no room for a scheme.
    private static func isURL(_ text: String) -> Bool {
        let scheme = text.prefix(8).lowercased()
        return scheme.hasPrefix("http://") || scheme.hasPrefix("https://")
    }
}
