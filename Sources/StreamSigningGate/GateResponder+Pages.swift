import NIOCore
import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningPages

extension GateResponder {
    /// A page that plays the video or says why not: `/<token>/watch` for people, `/<token>/iframe` for other pages.
    func player(
        _ target: RequestTarget, _ decision: Result<Admission, Denial>, at now: NumericDate
    ) -> HTTPReply {
        let make = target.rest.isEqual(to: "iframe") ? PlayerPage.iframe : PlayerPage.watch
        switch decision {
        case .failure(let denial):
            let token = keeper.authenticate(target.first, at: now)
            let state = PlayerPageState(video: token?.video, expires: token?.expires, time: now, denial: denial)
            var answer = HTTPAnswer.page(make(state), HTTPResponseStatus(statusCode: denial.httpStatus))
            answer.addDenial(denial)
            return .now(answer)
        case .success(let admission):
            let claims = admission.token.claims
            let (manifest, poster, download) = (
                "manifest/video.m3u8", "thumbnails/thumbnail.jpg", "downloads/default.mp4"
            )
            let names = [manifest, poster] + (claims.isDownloadable ? [download] : [])
            let folder = "\(admission.account)/\(claims.video)"
            return .later(
                present(names, in: folder).map { present in
                    .page(
                        make(
                            PlayerPageState(
                                video: claims.video, expires: claims.expires, time: now,
                                manifest: present.first { $0 == manifest },
                                download: present.first { $0 == download },
                                poster: present.first { $0 == poster })))
                })
        }
    }

    /// A file that our pages use, `/-/NAME`.
    func asset(_ name: UnsafeRawBufferPointer) -> HTTPReply {
        let page = PageAsset.named(String(decoding: name, as: UTF8.self)[...])
        return other(page.map { .page($0) } ?? .notFound)
    }

    /// Which of some files a video has; all of them if another server holds the media, because this gate cannot tell.
    private func present(_ names: [String], in folder: String) -> EventLoopFuture<[String]> {
        guard let files else { return eventLoop.makeSucceededFuture(names) }
        let found = names.map { name in
            files.exists("\(folder)/\(name)").map { (exists) -> String? in exists ? name : nil }
        }
        return EventLoopFuture.whenAllComplete(found, on: eventLoop).map { results in
            results.compactMap { try? $0.get() }
        }
    }
}
