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

    /// nil stands for now.
    func time() throws -> NumericDate? {
        try OptionValue("--at", at)?.time()
    }

    /// The request that the options describe.
    func asked() throws -> Asked {
        Asked(
            video: try OptionValue("--video", video)?.converted(VideoID.init),
            path: try OptionValue("--path", path)?.text,
            address: try OptionValue("--ip", ip)?.converted(expecting: "an IP address") { IPAddress($0) },
            country: try OptionValue("--country", country)?.converted(CountryCode.init))
    }

    /// A request whose path may still come with the token.
    struct Asked: Sendable {
        let video: VideoID?
        let path: String?
        let address: IPAddress?
        let country: CountryCode?

        /// - Parameter urlPath: the path that came with the token.
        func request(urlPath: String?) -> PlaybackRequest {
            let path = path ?? urlPath
            guard let video else { return .insecureForAnyVideo(path: path, address: address, country: country) }
            return PlaybackRequest(video: video, path: path, address: address, country: country)
        }
    }
}
