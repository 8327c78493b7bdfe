import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningStore

extension GateResponder {
    /// `/authorize` and `/authorize/<path>`: whether a proxy may serve what its client asked for. The body of a refusal is for
    /// people; proxies read the status and the fields.
    ///
    /// Any method is answered as GET would be: some proxies ask with their client's. Where the path of the question holds the
    /// client's, no field beside it is looked at for that.
    /// - Parameter knowledge: of the token, if the request has waited for that.
    func authorize(
        _ question: RequestTarget, _ head: HTTPRequestHead, from peer: Peer, knowledge: TokenKnowledge? = nil
    ) -> HTTPReply {
        guard peer.isTrusted else {
            return other(.text(.forbidden, "only trusted proxies may ask: list yours in --trusted-proxies"))
        }
        if let target = question.remainder { return authorized(target, head, from: peer, knowledge) }
        guard case .value(var uri) = head.headers.single(originalURIHeader) else {
            return other(.text(.badRequest, "the request has no \(originalURIHeader), or more than one"))
        }
        return uri.withUTF8 { bytes in
            guard let target = RequestTarget(UnsafeRawBufferPointer(bytes)) else {
                return other(.text(.badRequest, "\(originalURIHeader) holds no path"))
            }
            return authorized(target, head, from: peer, knowledge)
        }
    }

    /// The same once the token was verified.
    private func authorize(_ head: HTTPRequestHead, from peer: Peer, knowledge: TokenKnowledge) -> HTTPReply {
        var uri = head.uri
        return uri.withUTF8 { bytes in
            guard let question = RequestTarget(UnsafeRawBufferPointer(bytes)) else { return .now(.notFound) }
            return authorize(question, head, from: peer, knowledge: knowledge)
        }
    }

    private func authorized(
        _ target: RequestTarget, _ head: HTTPRequestHead, from peer: Peer, _ knowledge: TokenKnowledge?
    ) -> HTTPReply {
        let now = now
        let knowledge = knowledge ?? self.knowledge(of: target, at: now)
        if let knowledge, knowledge.isNew, let newTokens {
            return newTokens.hold(target.first, knowledge) { self.authorize(head, from: peer, knowledge: $0) }
        }
        let verdict = verdict(target, head.headers, from: peer, at: now, knowledge: knowledge)
        if case .success(let admission) = verdict, admission.openingManifest(target.rest) != nil {
            return admission.source == .path
                ? authorizedRedirect(target, head) : authorizedCookie(target, head, admission, at: now)
        }
        count(verdict)
        switch verdict {
        case .failure(let denial): return .now(.refusalForProxy(denial))
        case .success(let admission):
            // Proxies differ in how they read dots, slashes and escapes, so nobody may serve what is ambiguous.
            guard target.rest.isEmpty || MediaPath.canDecode(target.rest) else {
                return .now(.text(.forbidden, "the path is not one that a video's folder can hold"))
            }
            return .now(.admission(admission))
        }
    }
}

extension HTTPAnswer {
    /// A refusal with its reason in a field: nginx keeps the fields of the answer, but not its body.
    static func refusalForProxy(_ denial: Denial) -> HTTPAnswer {
        var answer = refusal(denial)
        answer.add("X-Stream-Signing-Reason", denial.fieldValue)
        return answer
    }

    /// 200 without a body: Envoy, and what is built on it, lets in on 200 alone. A proxy keeps it to itself, so it
    /// omits the fields that are for pages: proxies would parse them each time.
    static func admission(_ admission: Admission) -> HTTPAnswer {
        let claims = admission.token.claims
        return HTTPAnswer(
            .ok, .bytes([]),
            [
                ("Cache-Control", "no-store"),
                ("X-Stream-Signing-Account", admission.account.rawValue),
                ("X-Stream-Signing-Video", claims.video.rawValue),
                ("X-Stream-Signing-Key", admission.token.keyID.fieldValue),
                ("X-Stream-Signing-Expires", claims.expires.map { "\($0.seconds)" } ?? "never"),
            ], omitsLines: true)
    }
}

extension Denial {
    /// The message as the value of a field: one line of ASCII, at most 512 bytes.
    fileprivate var fieldValue: String {
        let bytes = message.utf8.prefix(512).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension KeyID {
    /// The id as the value of a field: what is not visible ASCII is percent-encoded, and so are percent signs.
    fileprivate var fieldValue: String {
        let needsEscape = { (byte: UInt8) in !(0x21...0x7E).contains(byte) || byte == UInt8(ascii: "%") }
        guard rawValue.utf8.contains(where: needsEscape) else { return rawValue }
        return PercentEncoding.encode(rawValue.utf8, where: needsEscape)
    }
}
