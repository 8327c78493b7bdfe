import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningStore

extension GateResponder {
    /// `GET /authorize`: whether a proxy may serve what its client asked for. The body of a refusal is for people; proxies read
    /// the status and the fields.
    /// - Parameter knowledge: of the token, if the request has waited for that.
    func authorize(_ head: HTTPRequestHead, from peer: Peer, knowledge: TokenKnowledge? = nil) -> HTTPReply {
        guard peer.isTrusted else {
            return other(.text(.forbidden, "only trusted proxies may ask: list yours in --trusted-proxies"))
        }
        let values = head.headers[originalURIHeader]
        // A second field would be one that the client sent and the proxy passed on.
        guard values.count == 1, var uri = values.first else {
            return other(.text(.badRequest, "the request has no \(originalURIHeader), or more than one"))
        }
        return uri.withUTF8 { bytes in
            guard let target = RequestTarget(UnsafeRawBufferPointer(bytes)) else {
                return other(.text(.badRequest, "\(originalURIHeader) holds no path"))
            }
            let now = self.now
            let knowledge = knowledge ?? keeper.knowledge(of: target.first, at: now)
            if knowledge.isNew, !target.first.isStreamID, let newTokens {
                return newTokens.hold(target.first, knowledge) { self.authorize(head, from: peer, knowledge: $0) }
            }
            switch decide(target, head.headers, from: peer, at: now, knowledge: knowledge) {
            case .failure(let denial):
                var answer = HTTPAnswer.refusal(denial)
                // nginx keeps the fields of the answer, but not its body.
                answer.add("X-Stream-Signing-Reason", denial.fieldValue)
                return .now(answer)
            case .success(let admission):
                // Proxies differ in how they read dots, slashes and escapes, so nobody may serve what is ambiguous.
                guard target.rest.isEmpty || MediaPath(decoding: target.rest) != nil else {
                    return .now(.text(.forbidden, "the path is not one that a video's folder can hold"))
                }
                return .now(.admission(admission))
            }
        }
    }
}

extension HTTPAnswer {
    /// 200 without a body: Envoy, and what is built on it, lets in on 200 alone.
    fileprivate static func admission(_ admission: Admission) -> HTTPAnswer {
        let claims = admission.token.claims
        return HTTPAnswer(
            .ok, .bytes([]),
            [
                ("Cache-Control", "no-store"),
                ("X-Stream-Signing-Account", admission.account.rawValue),
                ("X-Stream-Signing-Video", claims.video.rawValue),
                ("X-Stream-Signing-Key", admission.token.keyID.fieldValue),
                ("X-Stream-Signing-Expires", claims.expires.map { "\($0.seconds)" } ?? "never"),
            ])
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
        let isPlain = rawValue.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "%") }
        guard !isPlain else { return rawValue }
        return rawValue.utf8.map { byte in
            guard !(0x21...0x7E).contains(byte) || byte == UInt8(ascii: "%") else {
                return String(UnicodeScalar(byte))
            }
            return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
