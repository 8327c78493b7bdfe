package import StreamSigning

/// The body of `POST /client/v4/feed/sessions`: `{"token":…}`, the token that a playback begins with. The answer is a
/// ``TokenResult``.
package struct SessionRequest: Sendable {
    package let token: PlaybackToken

    package init(token: PlaybackToken) {
        self.token = token
    }

    /// - Throws: ``WireProblem`` naming the member.
    package init(reading value: JSONValue) throws(WireProblem) {
        try value.requireObject()
        guard let text = try value.optionalString("token") else {
            throw WireProblem("`token` is missing", at: "/token")
        }
        token = PlaybackToken(rawValue: text)
    }

    /// The body.
    package var text: String {
        var writer = JSONWriter(reserving: token.rawValue.utf8.count + 16)
        writer.object { $0.member("token", token.rawValue) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
