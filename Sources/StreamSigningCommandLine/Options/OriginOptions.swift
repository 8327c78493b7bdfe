internal import ArgumentParser
internal import StreamSigning

/// Where videos are played from.
struct OriginOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The code in customer-<CODE>.cloudflarestream.com.", valueName: "code"))
    var customer: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The URL before the token, such as https://video.example/play.", valueName: "url"))
    var baseURL: String?

    func validate() throws {
        guard (customer == nil) != (baseURL == nil) else {
            throw ValidationError("Give one of --customer <code> and --base-url <url>")
        }
    }

    func origin() throws -> PlaybackOrigin {
        if let value = try OptionValue("--customer", customer) {
            return try value.converted(PlaybackOrigin.init(customerCode:))
        }
        return try OptionValue("--base-url", baseURL ?? "").converted(PlaybackOrigin.init(baseURL:))
    }
}
