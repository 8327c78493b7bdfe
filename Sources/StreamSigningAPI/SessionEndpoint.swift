import StreamSigning
import StreamSigningHTTP
import StreamSigningOperations
import StreamSigningStore
import StreamSigningWire

extension APIEndpoints {
    /// `POST /client/v4/feed/sessions`: the token of a session, for a gate that holds no private key.
    func beginSession(_ body: RequestBodyText) async throws -> HTTPAnswer {
        let request = try body.value(SessionRequest.init(reading:))
        let token: PlaybackToken
        do {
            token = try await sessions.begin(with: request.token.rawValue)
        } catch let denial as Denial {
            // The gate has let the token in, so it is about to hear why this node does not.
            throw APIError.badRequest("\(denial)")
        }
        return .envelope(Envelope.success { TokenResult(token: token).write(into: &$0) })
    }
}
