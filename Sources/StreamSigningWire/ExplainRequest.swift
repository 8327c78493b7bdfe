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

    /// - Throws: ``WireProblem`` naming the member.
    package init(reading value: JSONValue) throws(WireProblem) {
        guard value.kind == .object else { throw WireProblem("the body is not a JSON object") }
        let token = try Self.text(value, "token")
        let url = try Self.text(value, "url")
        guard let presented = token ?? url else { throw WireProblem("`token` is missing", at: "/token") }
        guard token == nil || url == nil else {
            throw WireProblem("`token` and `url` are both given: one is enough", at: "/url")
        }
        self.presented = presented
        path = try Self.text(value, "path")
        video = try Self.member(value, "video", "a video id") { try? VideoID($0) }
        address = try Self.member(value, "address", "an IP address") { IPAddress($0) }
        country = try Self.member(value, "country", "a country code of two letters") { try? CountryCode($0) }
        if let number = value["time"], number.kind == .number {
            guard let time = number.wholeSeconds else {
                throw WireProblem("`time` is not in whole seconds since 1970", at: "/time")
            }
            self.time = time
        } else {
            time = try Self.member(value, "time", "a time in RFC 3339 or unix seconds") { NumericDate($0) }
        }
    }

    private static func text(_ value: JSONValue, _ name: StaticString) throws(WireProblem) -> String? {
        try member(value, name, "a string") { $0 }
    }

    /// A member that is null counts as absent.
    private static func member<Value>(
        _ value: JSONValue, _ name: StaticString, _ type: String, _ read: (String) -> Value?
    ) throws(WireProblem) -> Value? {
        guard let member = value[name], member.kind != .null else { return nil }
        guard let result = member.string.flatMap(read) else {
            throw WireProblem("`\(name)` is not \(type)", at: "/\(name)")
        }
        return result
    }
}
