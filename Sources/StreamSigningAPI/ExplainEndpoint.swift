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
        let answer = await explanation(of: question, in: account)
        return .envelope(Envelope.success(messages: question.messages) { $0.raw(answer) })
    }

    private func explanation(of question: ExplainRequest, in account: AccountID) async -> String {
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
        let time = question.time ?? keys.now()
        func explain(_ revocations: RevocationSet) -> Explanation {
            policy.explain(
                presented.text, for: request, at: time,
                standing: { id in
                    // Another account's key counts as unknown.
                    guard let key = keys.ring[id], key.account == account else { return .unknown }
                    return key.standing(at: keys.now())
                }, revocations: { _ in revocations })
        }
        let explanation = explain(keys.ring.revocations(of: account))
        // The store alone knows the reason.
        guard let named = explanation.revocation,
            let revocation = try? await revocations.revocation(named.id.rawValue, of: account)
        else { return explanation.json() }
        return explain(RevocationSet([revocation])).json()
    }
}

extension Explanation {
    /// The revocation that refuses the token, whatever else does.
    fileprivate var revocation: Revocation? {
        for case .refused(let denial) in steps.map(\.outcome) {
            if let revocation = denial.revocation { return revocation }
        }
        return nil
    }
}
