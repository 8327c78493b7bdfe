internal import ArgumentParser
internal import StreamSigning

/// Signs a token and puts it into playback URLs.
struct URLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "url", abstract: "Sign a playback URL for a video, or one for each line of stdin.")

    @OptionGroup
    var signing: SigningOptions

    @OptionGroup
    var origin: OriginOptions

    @OptionGroup
    var resource: ResourceOptions

    @Flag(help: "Write a JSON object for each token, with its URL or URLs.")
    var json = false

    func validate() throws {
        try signing.requireVideo()
    }

    func run() throws {
        let origin = try origin.origin()
        let resources = try resource.resources(isDownloadable: signing.claims.downloadable)
        let form = Form(isJSON: json, isSet: resource.kind == .all)
        try signing.sign { token, issue, lines in
            let urls = resources.map { ($0.kind, PlaybackURL($0.resource, token: token, from: origin).text) }
            form.append(urls, of: token, issue, to: &lines)
            return urls.map { $0.1.utf8.count }.max() ?? 0
        }
    }

    /// How URLs are written.
    private struct Form {
        let isJSON: Bool
        /// Whether a token has several URLs, so that each needs its kind.
        let isSet: Bool
        /// A column for people, or one tab for `cut`.
        private let isAligned = Terminal.showsOutput

        init(isJSON: Bool, isSet: Bool) {
            self.isJSON = isJSON
            self.isSet = isSet
        }

        func append(
            _ urls: [(kind: PlaybackKind, text: String)], of token: PlaybackToken, _ issue: SigningJob.Issue,
            to lines: inout [UInt8]
        ) {
            guard !isJSON else {
                lines.appendJSON { object in
                    issue.describe(token, into: &object)
                    if isSet {
                        object.name("urls")
                        object.object { set in
                            for (kind, text) in urls {
                                set.name(computed: kind.rawValue)
                                set.string(text)
                            }
                        }
                    } else {
                        for (_, text) in urls { object.member("url", text) }
                    }
                }
                return
            }
            for (kind, text) in urls {
                lines.append(contentsOf: "\(isSet ? label(kind) : "")\(text)\n".utf8)
            }
        }

        private func label(_ kind: PlaybackKind) -> String {
            guard isAligned else { return "\(kind.rawValue)\t" }
            let width = PlaybackKind.allCases.map(\.rawValue.utf8.count).max() ?? 0
            return kind.rawValue + String(repeating: " ", count: width - kind.rawValue.utf8.count + 2)
        }
    }
}

extension URLCommand: IllustratedCommand {
    static let examples = """
        streamsign url ea95132c15732412d22c1476fa83f27a --key key.json --customer f33zs165nr7gyfy4
        streamsign url ea95132c15732412d22c1476fa83f27a --key key.json --base-url https://video.example --kind all
        streamsign url ea95132c15732412d22c1476fa83f27a --key key.json --customer f33zs165nr7gyfy4 \
        --kind thumbnail --thumbnail-time 1m30s --width 320
        streamsign url - --key key.json --customer f33zs165nr7gyfy4 --expires-in 2h <video-ids.txt
        """
}
