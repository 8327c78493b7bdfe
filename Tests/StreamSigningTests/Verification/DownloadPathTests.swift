import StreamSigning
import Testing

/// The path is what a client wrote, and whoever serves the file may resolve it first: every way to write a download must
/// count as one.
@Suite("Download paths")
struct DownloadPathTests {
    private static func code(path: String?, downloadable: Bool) throws -> Denial.Code? {
        let key = try TestKeys.first()
        let claim = downloadable ? #","exp":1760003600,"downloadable":true"# : #","exp":1760003600"#
        var verdicts = try Verdicts.standard()
        verdicts.request = PlaybackRequest(video: try VideoID(ForgedToken.video), path: path)
        return try verdicts.code(of: ForgedToken(key: key, payload: claim).signed(by: key))
    }

    @Test(
        "need `downloadable`, however they are written",
        arguments: [
            "downloads/default.mp4", "downloads/audio.m4a", "/downloads/default.mp4", "//downloads/default.mp4",
            "downloads/", "downloads", "downloads?filename=x", "downloads//default.mp4", "./downloads/default.mp4",
            "manifest/../downloads/default.mp4", "x/../../downloads/default.mp4", "%64ownloads/default.mp4",
            "downloads%2fdefault.mp4", "downloads%2Fdefault.mp4", "manifest/%2e%2e/downloads/default.mp4",
            "%2e/downloads/x",
            "Downloads/default.mp4", "DOWNLOADS/default.mp4", "manifest%2F..%2Fdownloads%2Fdefault.mp4", "downloads\\x",
            "manifest/..;/downloads/default.mp4", "%2564ownloads/default.mp4", "downloads;x=1/default.mp4",
        ])
    func downloads(path: String) throws {
        #expect(try Self.code(path: path, downloadable: false) == .downloadNotAllowed)
        #expect(try Self.code(path: path, downloadable: true) == nil)
    }

    @Test(
        "are no others",
        arguments: [
            nil, "", "/", "manifest/video.m3u8", "iframe", "thumbnails/thumbnail.jpg", "downloadsx/a", "xdownloads/a",
            "download/a",
            "manifest/video.m3u8?x=downloads/", "manifest/downloads.m3u8", "manifest/100%", "manifest/%zz", "%", "a%2",
            "#downloads/",
        ] as [String?])
    func playback(path: String?) throws {
        #expect(try Self.code(path: path, downloadable: false) == nil)
    }
}
