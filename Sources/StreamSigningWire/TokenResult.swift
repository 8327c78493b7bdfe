package import StreamSigning

/// The `result` of a token request: `{"token":…}`.
package struct TokenResult: Sendable {
    package let token: PlaybackToken

    package init(token: PlaybackToken) {
        self.token = token
    }

    /// Reads the object; only a verifier says whether the text is a token.
    package init(reading value: JSONValue?) throws(WireProblem) {
        guard let text = value?["token"]?.string, !text.isEmpty else {
            throw WireProblem("not a string", at: "/result/token")
        }
        guard text.utf8.count <= PlaybackToken.maximumCount else {
            throw WireProblem("longer than \(PlaybackToken.maximumCount) bytes", at: "/result/token")
        }
        token = PlaybackToken(rawValue: text)
    }

    /// Writes the object.
    package func write(into writer: inout JSONWriter) {
        writer.object {
            $0.member("token", token.rawValue)
        }
    }
}
