import NIOCore
import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningPages

extension GateResponder {
    /// A page that plays the video or says why not: `/<token>/watch` for people, `/<token>/iframe` for other pages.
    func player(
        _ target: RequestTarget, _ headers: HTTPHeaders, _ decision: Result<Admission, Denial>, at now: NumericDate
    ) -> HTTPReply {
        let make = target.rest.isEqual(to: "iframe") ? PlayerPage.iframe : PlayerPage.watch
        switch decision {
        case .failure(let denial):
            let token = authentic(target, headers, at: now)
            let state = PlayerPageState(video: token?.video, expires: token?.expires, time: now, denial: denial)
            return .now(.refusalPage(make(state), denial))
        case .success(let admission):
            let claims = admission.token.claims
            let (manifest, poster, download) = (
                "manifest/video.m3u8", "thumbnails/thumbnail.jpg", "downloads/default.mp4"
            )
            let names = [manifest, poster] + (claims.isDownloadable ? [download] : [])
            let folder = "\(admission.account)/\(claims.video)"
            let token = String(decoding: target.first, as: UTF8.self)
            return .later(
                present(names, in: folder).flatMap { [sessions, eventLoop] present -> EventLoopFuture<HTTPAnswer> in
                    /// - Parameter session: the token of the session in which the page plays; nil for the page's own token.
                    @Sendable func page(in session: PlaybackToken?) -> HTTPAnswer {
                        let address = { (name: String) in
                            present.contains(name) ? session.map { "../\($0.rawValue)/\(name)" } ?? name : nil
                        }
                        return .page(
                            make(
                                PlayerPageState(
                                    video: claims.video, expires: session.map(\.expiry) ?? claims.expires,
                                    isInSession: session != nil, time: now,
                                    manifest: address(manifest), download: address(download), poster: address(poster))
                            ))
                    }
                    // With a cookie, the session begins with the manifest.
                    guard claims.terms.playFor != nil, admission.source == .path else {
                        return eventLoop.makeSucceededFuture(page(in: nil))
                    }
                    return sessions.begin(with: token, on: eventLoop).map { result -> HTTPAnswer in
                        switch result {
                        case .success(let session): return page(in: session)
                        case .failure(let denial):
                            let state = PlayerPageState(
                                video: claims.video, expires: claims.expires, time: now, denial: denial)
                            return .refusalPage(make(state), denial)
                        }
                    }
                })
        }
    }

    /// What the token of a refused request says, if it is genuine all the same.
    private func authentic(_ target: RequestTarget, _ headers: HTTPHeaders, at now: NumericDate) -> AuthenticatedToken?
    {
        guard var carried = try? finder.find(target, headers)?.text else {
            return keeper.authenticate(target.first, at: now)
        }
        return carried.withUTF8 { keeper.authenticate(UnsafeRawBufferPointer($0), at: now) }
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

extension HTTPAnswer {
    fileprivate static func refusalPage(_ page: Page, _ denial: Denial) -> HTTPAnswer {
        var answer = Self.page(page, HTTPResponseStatus(statusCode: denial.httpStatus))
        answer.addDenial(denial)
        return answer
    }
}
