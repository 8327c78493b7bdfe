import NIOCore
import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

extension GateResponder {
    /// `GET /<token>/<rest>`: the file `<account>/<video>/<rest>`, if the token allows it.
    /// - Parameters:
    ///   - mayWait: whether it may be answered later if the keys are too old to decide.
    ///   - knowledge: of its token, if it has waited for that.
    func media(
        _ target: RequestTarget, _ head: HTTPRequestHead, from peer: Peer, mayWait: Bool = true,
        knowledge: TokenKnowledge? = nil
    ) -> HTTPReply {
        let now = self.now
        let knowledge = knowledge ?? self.knowledge(of: target, at: now)
        if let knowledge, knowledge.isNew, let newTokens {
            return newTokens.hold(target.first, knowledge) {
                self.heldMedia(head, from: peer, mayWait: mayWait, knowledge: $0)
            }
        }
        let decision = verdict(target, head.headers, from: peer, at: now, knowledge: knowledge)
        if mayWait, case .failure(let denial) = decision, denial.code == .keysStale,
            let later = held.hold({ self.heldMedia(head, from: peer, mayWait: false) })
        {
            return later
        }
        if case .success(let admission) = decision, let manifest = admission.openingManifest(target.rest) {
            return admission.source == .path
                ? redirectToSession(target, admission, manifest)
                : sessionByCookie(target, head.headers, admission, at: now)
        }
        count(decision)
        guard !target.rest.isEqual(to: "watch"), !target.rest.isEqual(to: "iframe") else {
            return player(target, head.headers, decision, at: now)
        }
        switch decision {
        case .success(let admission): return file(target, head.headers, admission, at: now)
        case .failure(let denial): return .now(.refusal(denial))
        }
    }

    /// The file that a target names.
    func file(
        _ target: RequestTarget, _ headers: HTTPHeaders, _ admission: Admission, at now: NumericDate
    ) -> HTTPReply {
        guard let files, let path = MediaPath(decoding: target.rest) else { return .now(.notFound) }
        let place = "\(admission.account)/\(admission.token.claims.video)/\(path.text)"
        let terms = MediaTerms(
            expires: admission.token.claims.expires, now: now,
            disposition: admission.isDownload ? ContentDisposition.attachment(path.text, query: target.query) : nil)
        switch files.representation(of: place, for: headers) {
        case .now(let file):
            metrics.count(file)
            return .now(.file(file, headers, terms))
        case .later(let file):
            return .later(
                file.map { [metrics] file -> HTTPAnswer in
                    metrics.count(file)
                    return .file(file, headers, terms)
                }.flatMapErrorThrowing { error in
                    if case MediaFolder.Failure.notFound = error { .notFound } else { .unavailable }
                })
        }
    }
}

extension GateResponder {
    /// The same once it has waited.
    private func heldMedia(
        _ head: HTTPRequestHead, from peer: Peer, mayWait: Bool, knowledge: TokenKnowledge? = nil
    ) -> HTTPReply {
        var uri = head.uri
        return uri.withUTF8 { bytes in
            guard let target = RequestTarget(UnsafeRawBufferPointer(bytes)) else { return .now(.notFound) }
            return media(target, head, from: peer, mayWait: mayWait, knowledge: knowledge)
        }
    }
}

extension GateMetrics {
    fileprivate func count(_ file: Representation) {
        if let outcome = file.manifestOutcome { count(outcome) }
    }
}

/// What an answer needs to know about the token that allowed it.
struct MediaTerms: Sendable {
    /// nil if the token does not expire.
    let expires: NumericDate?
    let now: NumericDate
    /// nil for what is to be played, not saved.
    let disposition: String?

    /// Only the viewer's browser may keep the answer, and no longer than the token is good. Manifests are asked for again each
    /// time: a live one changes, and the token's key may be deleted.
    func cacheControl(isManifest: Bool) -> String {
        guard !isManifest else { return "private, no-cache" }
        let rest = expires.map { ($0 - now).components.seconds } ?? .max
        return rest >= 3600 ? "private, max-age=3600" : "private, max-age=\(max(rest, 0))"
    }
}

extension HTTPAnswer {
    /// A file or a part of it, as the request's conditions say (RFC 9110 13, 14).
    static func file(_ file: Representation, _ headers: HTTPHeaders, _ terms: MediaTerms) -> HTTPAnswer {
        let age = terms.cacheControl(isManifest: file.type.isManifest)
        switch Preconditions.of(headers, for: file) {
        case .notModified: return HTTPAnswer(.notModified, .none, [("Cache-Control", age)], lines: file.fieldLines)
        case .failed:
            return HTTPAnswer(.preconditionFailed, .length(0), [("Cache-Control", age)], lines: file.fieldLines)
        case .hold: break
        }
        func make(_ status: HTTPResponseStatus, _ body: Body) -> HTTPAnswer {
            HTTPAnswer(
                status, body, [("Cache-Control", age), ("Content-Type", file.type.name)], lines: file.fieldLines)
        }
        let asked = Preconditions.allowRange(headers, for: file) ? headers.first(name: "range") : nil
        var answer: HTTPAnswer
        switch ByteRange(asked, size: file.size) {
        case .whole:
            answer = make(.ok, file.body(0..<file.size))
            if file.isCompressed { answer.add("Content-Encoding", "gzip") }
        case .part(let range):
            answer = make(.partialContent, file.body(range))
            answer.add("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)")
        case .unsatisfiable:
            var answer = text(.rangeNotSatisfiable, "the file ends before this range begins")
            answer.add("Content-Range", "bytes */\(file.size)")
            return answer
        }
        if let disposition = terms.disposition { answer.add("Content-Disposition", disposition) }
        return answer
    }
}
