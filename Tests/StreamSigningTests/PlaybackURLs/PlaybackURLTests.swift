import Foundation
import StreamSigning
import Testing

@Suite("Playback URLs")
struct PlaybackURLTests {
    private static let token = PlaybackToken(rawValue: "eyJhbGciOiJSUzI1NiJ9.e30.c2ln")
    private static let name = try? DownloadName("My-Video_1")

    /// Each kind, and Stream's text for it.
    private static let kinds: [(PlaybackResource, String)] = [
        (.hls, "manifest/video.m3u8"), (.lowLatencyHLS, "manifest/video.m3u8?protocol=llhls"),
        (.dash, "manifest/video.mpd"),
        (.iframe, "iframe"), (.watch, "watch"), (.thumbnail(), "thumbnails/thumbnail.jpg"),
        (
            .thumbnail(Thumbnail(time: .seconds(302), width: 320, height: 180, fit: .clip)),
            "thumbnails/thumbnail.jpg?time=302s&height=180&width=320&fit=clip"
        ),
        (.animatedThumbnail(), "thumbnails/thumbnail.gif"),
        (
            .animatedThumbnail(
                AnimatedThumbnail(Thumbnail(time: .seconds(1), height: 90), duration: .seconds(4), framesPerSecond: 12)),
            "thumbnails/thumbnail.gif?time=1s&height=90&duration=4s&fps=12"
        ),
        (.download(), "downloads/default.mp4"),
        (.download(filename: name), "downloads/default.mp4?filename=My-Video_1"),
        (.audioDownload(), "downloads/audio.m4a"),
        (.audioDownload(filename: name), "downloads/audio.m4a?filename=My-Video_1"),
        (.webRTC, "webRTC/play"), (.lifecycle, "lifecycle"),
    ]

    @Test("have the token in place of the video's id, and Stream's path behind it", arguments: kinds)
    func text(kind: PlaybackResource, path: String) throws {
        let origin = try PlaybackOrigin(customerCode: "f33zs165nr7gyfy4")
        let url = PlaybackURL(kind, token: Self.token, from: origin)
        #expect(url.text == "https://customer-f33zs165nr7gyfy4.cloudflarestream.com/\(Self.token.rawValue)/\(path)")
        #expect(URL(string: url.text)?.absoluteString == url.text)
    }

    @Test("are read back with their token and path", arguments: kinds)
    func reading(kind: PlaybackResource, path: String) throws {
        for origin in [
            try PlaybackOrigin(customerCode: "a1"), try PlaybackOrigin(baseURL: "http://127.0.0.1:8080/media/x/"),
        ] {
            let url = PlaybackURL(kind, token: Self.token, from: origin)
            let read = try PlaybackURL(reading: url.text)
            #expect(read == url && read.text == url.text)
            #expect(read.path == String(path.prefix { $0 != "?" }))
        }
    }

    @Test("are downloads exactly where a verifier wants `downloadable` for the path", arguments: kinds)
    func downloads(kind: PlaybackResource, path: String) throws {
        let key = try TestKeys.first()
        var verdicts = try Verdicts.standard()
        verdicts.request = PlaybackRequest(video: try VideoID(ForgedToken.video), path: path)
        let code = try verdicts.code(of: ForgedToken(key: key).signed(by: key))
        #expect((code == .downloadNotAllowed) == kind.isDownload)
    }

    @Test("show only the beginning of their token in descriptions", arguments: kinds)
    func descriptions(kind: PlaybackResource, path: String) throws {
        let url = PlaybackURL(kind, token: Self.token, from: try PlaybackOrigin(customerCode: "a1"))
        var dumped = ""
        dump(url, to: &dumped)
        for text in [url.description, url.debugDescription, "\(url)", String(reflecting: url), dumped] {
            #expect(!text.contains(Self.token.rawValue))
        }
    }

    @Test("keep odd numbers of pictures in bounds")
    func bounds() {
        let frame = Thumbnail(time: .milliseconds(-1_500), width: 0, height: -5)
        #expect(PlaybackResource.thumbnail(frame).path == "thumbnails/thumbnail.jpg?time=0s&height=1&width=1")
        let animation = AnimatedThumbnail(duration: .milliseconds(200), framesPerSecond: 0)
        #expect(PlaybackResource.animatedThumbnail(animation).path == "thumbnails/thumbnail.gif?duration=1s&fps=1")
        #expect(Thumbnail.Fit.allCases.map(\.rawValue) == ["crop", "clip", "scale", "fill"])
    }
}
