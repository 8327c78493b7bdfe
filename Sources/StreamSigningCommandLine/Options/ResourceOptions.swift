internal import ArgumentParser
internal import StreamSigning

/// What to fetch of the video.
struct ResourceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What the URL fetches.", valueName: "kind"))
    var kind = PlaybackKind.hls

    @Option(parsing: .unconditional, help: ArgumentHelp("The image's position, such as 1m30s.", valueName: "duration"))
    var thumbnailTime: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("The image's width.", valueName: "pixels"))
    var width: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("The image's height.", valueName: "pixels"))
    var height: String?

    @Option(
        help: ArgumentHelp("How the image fits its size: \(fits.joined(separator: ", ")).", valueName: "fit"),
        completion: .list(fits),
        transform: { text in
            guard let fit = Thumbnail.Fit(rawValue: text) else {
                throw ValidationError("one of \(fits.joined(separator: ", ")) is wanted")
            }
            return fit
        })
    var fit: Thumbnail.Fit?

    private static let fits = Thumbnail.Fit.allCases.map(\.rawValue)

    @Option(parsing: .unconditional, help: ArgumentHelp("The GIF's length, such as 5s.", valueName: "duration"))
    var duration: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("The GIF's frames per second.", valueName: "number"))
    var fps: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The name that a browser saves a download as, without extension.", valueName: "name")
    )
    var filename: String?

    func validate() throws {
        let images = ["--thumbnail-time": thumbnailTime, "--width": width, "--height": height, "--fit": fit?.rawValue]
        try require(kind.isImage, for: images, of: "--kind thumbnail or gif")
        try require(kind == .gif, for: ["--duration": duration, "--fps": fps], of: "--kind gif")
        try require(kind.isDownload, for: ["--filename": filename], of: "--kind download or audio")
    }

    /// - Parameter isDownloadable: whether the token will allow downloads.
    func resources(isDownloadable: Bool) throws -> [(kind: PlaybackKind, resource: PlaybackResource)] {
        guard kind == .all else {
            if kind.isDownload, !isDownloadable {
                StandardError.note("this URL will be refused: a download needs a token with --downloadable")
            }
            return [(kind, try resource(kind))]
        }
        // Checked even if the token allows no download, so that no URL has it.
        _ = try downloadName()
        return try PlaybackKind.allCases.filter { $0 != .all && (isDownloadable || !$0.isDownload) }
            .map { ($0, try resource($0)) }
    }

    private func require(_ isFitting: Bool, for options: [String: String?], of kinds: String) throws {
        guard !isFitting, kind != .all else { return }
        for (name, value) in options where value != nil {
            throw ValidationError("\(name) goes with \(kinds)")
        }
    }

    private func resource(_ kind: PlaybackKind) throws -> PlaybackResource {
        switch kind {
        case .hls, .all: .hls
        case .llhls: .lowLatencyHLS
        case .dash: .dash
        case .iframe: .iframe
        case .watch: .watch
        case .thumbnail: .thumbnail(try thumbnail())
        case .gif: .animatedThumbnail(try animation())
        case .download: .download(filename: try downloadName())
        case .audio: .audioDownload(filename: try downloadName())
        case .webrtc: .webRTC
        case .lifecycle: .lifecycle
        }
    }

    private func thumbnail() throws -> Thumbnail {
        Thumbnail(
            time: try OptionValue("--thumbnail-time", thumbnailTime)?.duration(allowsZero: true),
            width: try OptionValue("--width", width)?.integer(1...10_000),
            height: try OptionValue("--height", height)?.integer(1...10_000), fit: fit)
    }

    private func animation() throws -> AnimatedThumbnail {
        AnimatedThumbnail(
            try thumbnail(), duration: try OptionValue("--duration", duration)?.duration(),
            framesPerSecond: try OptionValue("--fps", fps)?.integer(1...1_000))
    }

    private func downloadName() throws -> DownloadName? {
        try OptionValue("--filename", filename)?.converted(DownloadName.init)
    }
}
