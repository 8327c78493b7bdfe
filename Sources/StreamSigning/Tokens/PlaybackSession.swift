/// What a session token says of its session: a playback that began while another token was valid, and may go on when that one
/// has expired.
///
/// Only nodes make session tokens, and they are believed only from keys that are marked for it: see
/// ``VerificationKey/signsSessions``.
public struct PlaybackSession: Sendable, Hashable {
    /// `sid`: 22 characters of base64url, made at random.
    public let id: String
    /// `via`: the token that the session began with.
    public let origin: Origin

    /// What a session token says of the token that its session began with. Whatever refuses that token ends the session, apart
    /// from its expiry.
    public struct Origin: Sendable, Hashable {
        /// The key that signed it.
        public let keyID: KeyID
        /// Its `jti`, if it had one.
        public let tokenID: String?
        /// Its `iat`, if it had one.
        public let issuedAt: NumericDate?
    }
}

extension PlaybackSession: CustomStringConvertible {
    /// `session Kq…, begun with a token of key 5213…`
    public var description: String {
        let token = origin.tokenID.map { "token \($0.excerpt())" } ?? "a token"
        return "session \(id.excerpt()), begun with \(token) of key \(origin.keyID.rawValue.excerpt())"
    }
}
