internal import ArgumentParser
internal import StreamSigning

/// What is requested, by whom and when.
struct RequestOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The video to be played; by default any.", valueName: "id"))
    var video: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("The viewer's address.", valueName: "address"))
    var ip: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("The viewer's country.", valueName: "cc"))
    var country: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What follows the token in the URL, such as downloads/default.mp4; by default taken from the URL.",
            valueName: "path"))
    var path: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The time to decide for, in RFC 3339 or unix seconds; by default now.", valueName: "time"))
    var at: String?

    func time() throws -> NumericDate {
        try OptionValue("--at", at)?.time() ?? Clock.now
    }

    /// - Parameter urlPath: the path that came with the token.
    func request(urlPath: String?) throws -> PlaybackRequest {
        let address = try OptionValue("--ip", ip)?.converted(expecting: "an IP address") { IPAddress($0) }
        let country = try OptionValue("--country", country)?.converted(CountryCode.init)
        let path = try OptionValue("--path", path)?.text ?? urlPath
        guard let video = try OptionValue("--video", video)?.converted(VideoID.init) else {
            return .insecureForAnyVideo(path: path, address: address, country: country)
        }
        return PlaybackRequest(video: video, path: path, address: address, country: country)
    }
}
