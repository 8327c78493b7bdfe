internal import NIOHTTP1
public import StreamSigning
internal import StreamSigningWire

extension StreamClient {
    /// Has the service sign a token.
    ///
    /// Signing on this machine, with a ``/StreamSigning/TokenSigner``, needs no request and no rate limit.
    /// - Parameters:
    ///   - video: the video or live input that may be played.
    ///   - terms: what else the token is to say; times are rounded down to the second. What is left out, the service
    ///     decides: its tokens are valid from an hour ago until an hour from now, and Stream allows a day.
    ///   - key: a key of the account to sign with, whose private half is sent along; nil for the service's own.
    /// - Throws: ``ClientError``.
    public func createToken(
        for video: VideoID, terms: TokenTerms = TokenTerms(), signedWith key: SigningKey? = nil
    ) async throws(ClientError) -> PlaybackToken {
        let request = APIRequest(method: .POST, url: address.token(video), body: try Self.body(terms, key))
        return try read(try await send(request)) { result throws(WireProblem) in
            try TokenResult(reading: result).token
        }
    }

    private static func body(_ terms: TokenTerms, _ key: SigningKey?) throws(ClientError) -> SecretBytes {
        var request = TokenRequest(terms: terms)
        if let key {
            request.keyID = key.id.rawValue
            do throws(KeyError) {
                request.pem = try key.streamPEM()
            } catch {
                throw ClientError(.invalidArgument, error.reason)
            }
        }
        var writer = JSONWriter()
        request.write(into: &writer)
        return SecretBytes(copying: writer.bytes)
    }
}
