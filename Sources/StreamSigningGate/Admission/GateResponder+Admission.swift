import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningStore

extension GateResponder {
    /// The most bytes of a question: a token and some fields.
    private static let longestQuestion = 64 * 1024

    /// `POST /admission/<name>/<account>`: a media server asks whether somebody may play what is the account's. Without the account
    /// the tokens of all accounts count.
    func admission(_ target: RequestTarget, _ head: HTTPRequestHead, from peer: Peer) -> HTTPReply {
        guard peer.isTrusted else {
            return other(.text(.forbidden, "only trusted servers may ask: list yours in --trusted-proxies"))
        }
        guard let (server, account) = Self.asker(target.rest) else {
            let names = MediaServer.all.map { "\($0.name)" }.joined(separator: ", ")
            return other(.text(.notFound, "ask at /admission/SERVER/ACCOUNT; the servers are \(names)"))
        }
        guard head.method == .POST else {
            var answer = HTTPAnswer.text(.methodNotAllowed, "media servers ask with POST")
            answer.add("Allow", "POST")
            return other(answer)
        }
        return .body(limit: Self.longestQuestion) { body in
            do throws(HTTPProblem) {
                return try self.answer(body.get(), of: server, for: account)
            } catch {
                return self.other(.text(error.status, error.reason(bodyLimit: Self.longestQuestion)))
            }
        }
    }

    /// - Returns: nil if the path names no server, or what cannot be an account.
    private static func asker(_ path: UnsafeRawBufferPointer) -> (MediaServer, AccountID?)? {
        let parts = path.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first,
            let server = MediaServer.all.first(where: { UnsafeRawBufferPointer(rebasing: name).isEqual(to: $0.name) })
        else { return nil }
        guard parts.count == 2 else { return (server, nil) }
        return AccountID(String(decoding: parts[1], as: UTF8.self)).map { (server, $0) }
    }

    private func answer(_ body: SecretBytes, of server: MediaServer, for account: AccountID?) -> HTTPReply {
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
            let result = Result { () throws(Denial) in try decide(play, for: account, at: now) }
            count(result)
            switch result {
            case .success(let admission):
                let timeLeft = admission.token.claims.expires.map { $0 - now }
                return .now(server.answer(.allowed(timeLeft: timeLeft)))
            case .failure(let denial): return .now(server.answer(.refused(denial)))
            }
        }
    }

    private func decide(
        _ play: PlayQuestion, for account: AccountID?, at now: NumericDate
    ) throws(Denial) -> Admission {
        let (token, video) = try play.credentials()
        let viewer = viewers.viewer(at: play.address, forwardedFor: play.forwardedAddress)
        let request = PlaybackRequest(
            video: video, pathBytes: UnsafeRawBufferPointer(start: nil, count: 0), address: viewer.address,
            country: viewer.country)
        let admission = try keeper.decide(token, for: request, at: now)
        guard account == nil || admission.account == account else {
            throw Denial(.keyUnknown, "the token's key is not one of the account that was asked for")
        }
        return admission
    }
}
