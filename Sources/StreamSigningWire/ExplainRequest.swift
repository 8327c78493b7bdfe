package import StreamSigning

/// The body of `POST …/stream/explain`: what `streamsign explain` takes, as JSON. `token` or `url` is required.
package struct ExplainRequest: Sendable {
    /// A token, or a playback URL with one.
    package let presented: String
    package let video: VideoID?
    package let path: String?
    package let address: IPAddress?
    package let country: CountryCode?
    /// The time to decide for; nil for now.
    package let time: NumericDate?
    /// What the answer says of unknown members.
    package let messages: [APIMessage]

    /// - Throws: ``WireProblem`` naming the member.
    package init(reading value: JSONValue) throws(WireProblem) {
        try value.requireObject()
        messages = IgnoredMembers.messages(
            in: value, besides: ["token", "url", "video", "path", "address", "country", "time"])
        let token = try value.optionalString("token")
        let url = try value.optionalString("url")
        guard let presented = token ?? url else { throw WireProblem("`token` is missing", at: "/token") }
        guard token == nil || url == nil else {
            throw WireProblem("`token` and `url` are both given: one is enough", at: "/url")
        }
        self.presented = presented
        path = try value.optionalString("path")
        video = try value.optional("video", "a video id") { $0.string.flatMap { try? VideoID($0) } }
        address = try value.optional("address", "an IP address") { $0.string.flatMap { IPAddress($0) } }
        country = try value.optionalString("country").map { (text) throws(WireProblem) -> CountryCode in
            do throws(InvalidClaim) {
                return try CountryCode(text)
            } catch {
                throw WireProblem(error.reason, at: "/country")
            }
        }
        time = try value.optionalTime("time")
    }
}
