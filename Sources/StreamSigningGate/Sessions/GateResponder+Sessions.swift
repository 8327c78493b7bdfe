import NIOCore
import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

extension Admission {
    /// The manifest that a request asks for, if a playback begins with it that may go on for longer than its token is valid. For
    /// that, the gate has to change what the player sends from then on: a path or a cookie.
    func openingManifest(_ rest: UnsafeRawBufferPointer) -> MediaPath? {
        guard token.claims.terms.playFor != nil, [TokenSource.path, .cookie].contains(source),
            let path = MediaPath(decoding: rest),
            path.text.hasPrefix("manifest/"), MediaType(path.text).isManifest
        else { return nil }
        return path
    }
}

extension GateResponder {
    /// `GET /<token>/manifest/…`: sends the player on to the same manifest under the token of a session.
    func redirectToSession(_ target: RequestTarget, _ admission: Admission, _ path: MediaPath) -> HTTPReply {
        guard let files else { return other(.notFound) }
        let place = "\(admission.account)/\(admission.token.claims.video)/\(path.text)"
        let (text, location) = (String(decoding: target.first, as: UTF8.self), SessionLocation(target))
        return .later(
            files.exists(place).flatMap { [sessions, metrics, eventLoop] exists -> EventLoopFuture<HTTPAnswer> in
                guard exists else {
                    metrics.count(.allowed)
                    return eventLoop.makeSucceededFuture(.notFound)
                }
                return sessions.begin(with: text, on: eventLoop).map { result -> HTTPAnswer in
                    metrics.count(result)
                    switch result {
                    case .success(let session): return .redirect(.found, to: location.text(session))
                    case .failure(let denial): return .refusal(denial)
                    }
                }
            })
    }

    /// `GET /<video>/manifest/…` with a cookie: the manifest, and the cookie of a session.
    func sessionByCookie(
        _ target: RequestTarget, _ headers: HTTPHeaders, _ admission: Admission, at now: NumericDate
    ) -> HTTPReply {
        let file: EventLoopFuture<HTTPAnswer>
        switch self.file(target, headers, admission, at: now) {
        case .now(let answer): file = eventLoop.makeSucceededFuture(answer)
        case .later(let answer, _): file = answer
        case .body: return other(.unavailable)
        }
        let text = (try? finder.find(target, headers))?.text ?? ""
        return .later(
            file.flatMap { [sessions, metrics, eventLoop] answer -> EventLoopFuture<HTTPAnswer> in
                guard answer.status.code < 400 else {
                    metrics.count(.allowed)
                    return eventLoop.makeSucceededFuture(answer)
                }
                return sessions.begin(with: text, on: eventLoop).map { result -> HTTPAnswer in
                    metrics.count(result)
                    switch result {
                    case .success(let session):
                        var answer = answer
                        answer.add(cookieOf: session, at: now)
                        return answer
                    case .failure(let denial): return .refusal(denial)
                    }
                }
            })
    }

    /// The same for a proxy that serves the media: it has to pass the cookie on.
    func authorizedCookie(
        _ target: RequestTarget, _ head: HTTPRequestHead, _ admission: Admission, at now: NumericDate
    ) -> HTTPReply {
        let text = (try? finder.find(target, head.headers))?.text ?? ""
        return .later(
            sessions.begin(with: text, on: eventLoop).map { [metrics] result -> HTTPAnswer in
                metrics.count(result)
                switch result {
                case .success(let session):
                    var answer = HTTPAnswer.admission(admission)
                    answer.add(cookieOf: session, at: now)
                    return answer
                case .failure(let denial): return .refusalForProxy(denial)
                }
            })
    }

    /// As ``redirectToSession(_:_:_:)``, for a proxy that serves the media. The location is also in a field of ours, for proxies
    /// that change `Location`.
    func authorizedRedirect(_ target: RequestTarget, _ head: HTTPRequestHead) -> HTTPReply {
        let (text, location) = (String(decoding: target.first, as: UTF8.self), SessionLocation(target))
        // nginx passes no 3xx of a subrequest on, so it asks for a status with which it can.
        let status: HTTPResponseStatus = head.headers["x-stream-signing-redirect"] == ["401"] ? .unauthorized : .found
        return .later(
            sessions.begin(with: text, on: eventLoop).map { [metrics] result -> HTTPAnswer in
                metrics.count(result)
                switch result {
                case .success(let session):
                    let place = location.text(session)
                    var answer = HTTPAnswer.redirect(status, to: place)
                    answer.add("X-Stream-Signing-Location", place)
                    return answer
                case .failure(let denial): return .refusalForProxy(denial)
                }
            })
    }
}

extension HTTPAnswer {
    /// Has the player carry the session's token from now on.
    fileprivate mutating func add(cookieOf session: PlaybackToken, at now: NumericDate) {
        guard let cookie = try? PlaybackCookie(session, expires: session.expiry, at: now) else { return }
        add("Set-Cookie", cookie.text)
    }

    fileprivate static func redirect(_ status: HTTPResponseStatus, to location: String) -> HTTPAnswer {
        var answer = text(status, "the playback goes on under a token of its own")
        if status == .found { answer.add("Location", location) }
        return answer
    }
}

extension GateMetrics {
    fileprivate func count(_ result: Result<PlaybackToken, Denial>) {
        switch result {
        case .success: count(.allowed)
        case .failure(let denial): count(.denied(denial.code))
        }
    }
}

extension PlaybackToken {
    /// When a token that was made here expires.
    var expiry: NumericDate? {
        (try? UnverifiedToken(readingWithoutVerification: rawValue))?.unverifiedExpiry
    }
}
