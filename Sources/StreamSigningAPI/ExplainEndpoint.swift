import StreamSigning
import StreamSigningHTTP
import StreamSigningKeyRing
import StreamSigningOperations
import StreamSigningStore
import StreamSigningWire

extension APIEndpoints {
    /// `POST …/stream/explain`: what `streamsign explain --json` prints, for the keys of one account.
    func explain(_ account: AccountID, _ body: RequestBodyText) async throws -> HTTPAnswer {
        let question = try await read(body, of: account, ExplainRequest.init(reading:))
        let answer = explanation(of: question, in: account)
        return .envelope(Envelope.success { $0.raw(answer) })
    }

    private func explanation(of question: ExplainRequest, in account: AccountID) -> String {
        let presented: PresentedToken
        do {
            presented = try PresentedToken(reading: question.presented)
        } catch {
            return error.json()
        }
        let path = question.path ?? presented.path
        let request: PlaybackRequest =
            if let video = question.video {
                PlaybackRequest(video: video, path: path, address: question.address, country: question.country)
            } else {
                .insecureForAnyVideo(path: path, address: question.address, country: question.country)
            }
        return policy.explain(presented.text, for: request, at: question.time ?? keys.now()) { id in
            // Another account's key counts as unknown.
            guard let key = keys.ring[id], key.account == account else { return .unknown }
            return key.standing
        }.json()
    }
}
