internal import StreamSigning

/// A token as a user has it in hand: alone, in a playback URL, or either of them on standard input.
struct PresentedToken {
    let text: String
    /// What follows the token in the URL.
    let path: String?

    /// - Throws: ``Denial`` if it is a URL that carries no token, ``CommandFailure`` if standard input cannot be read.
    init(_ argument: String) throws {
        let text = argument == "-" ? try Self.readStandardInput() : argument
        guard Self.isURL(text) else {
            self.text = text
            path = nil
            return
        }
        let url = try PlaybackURL(reading: text)
        self.text = url.token.rawValue
        path = url.path
    }

    /// Bytes that are not UTF-8 become characters that no token has.
    private static func readStandardInput() throws(CommandFailure) -> String {
        var bytes = try FileContents.readStandardInput()[...]
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            bytes.removeLast()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The dots and the alphabet of a token leave no room for a scheme.
    private static func isURL(_ text: String) -> Bool {
        let scheme = text.prefix(8).lowercased()
        return scheme.hasPrefix("http://") || scheme.hasPrefix("https://")
    }
}
