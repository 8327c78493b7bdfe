import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

extension GateResponder {
    /// The most bytes of a question: a token and some fields.
    private static let longestQuestion = 64 * 1024

    /// `POST /admission/<name>`: a media server asks whether somebody may play.
    func admission(_ target: RequestTarget, _ head: HTTPRequestHead, from peer: Peer) -> HTTPReply {
        guard peer.isTrusted else {
            return other(.text(.forbidden, "only trusted servers may ask: list yours in --trusted-proxies"))
        }
        guard let server = MediaServer.all.first(where: { target.rest.isEqual(to: $0.name) }) else {
            let names = MediaServer.all.map { "\($0.name)" }.joined(separator: ", ")
            return other(.text(.notFound, "no such media server is known: there are \(names)"))
        }
        guard head.method == .POST else {
            var answer = HTTPAnswer.text(.methodNotAllowed, "media servers ask with POST")
            answer.add("Allow", "POST")
            return other(answer)
        }
        return .body(limit: Self.longestQuestion) { body in
            do throws(HTTPProblem) {
                return try self.answer(body.get(), of: server)
            } catch {
                return self.other(.text(error.status, error.reason(bodyLimit: Self.longestQuestion)))
            }
        }
    }

    private func answer(_ body: SecretBytes, of server: MediaServer) -> HTTPReply {
        let question: AdmissionQuestion
        do throws(UnreadableQuestion) {
            question = try body.withUnsafeBytes { bytes throws(UnreadableQuestion) in try server.read(bytes) }
        } catch {
            return other(.text(.badRequest, "the question cannot be read: \(error.reason)"))
        }
        switch question {
        case .notice: return other(server.answer(.noted))
        case .other: return other(server.answer(.notPlaying))
        case .play(let play):
            let now = now
            let result = Result { () throws(Denial) in try decide(play, at: now) }
            count(result)
            switch result {
            case .success(let admission):
                let timeLeft = admission.token.claims.expires.map { $0 - now }
                return .now(server.answer(.allowed(timeLeft: timeLeft)))
            case .failure(let denial): return .now(server.answer(.refused(denial)))
            }
        }
    }

    private func decide(_ play: PlayQuestion, at now: NumericDate) throws(Denial) -> Admission {
        let (token, video) = try play.credentials()
        let viewer = viewers.viewer(at: play.address, forwardedFor: play.forwardedAddress)
        let request = PlaybackRequest(
            video: video, pathBytes: UnsafeRawBufferPointer(start: nil, count: 0), address: viewer.address,
            country: viewer.country)
        return try keeper.decide(token, for: request, at: now)
    }
}
