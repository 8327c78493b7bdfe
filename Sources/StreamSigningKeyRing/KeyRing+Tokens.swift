package import StreamSigning

/// A genuine token, and the keys it depends on. A verdict about it is good only as long as they are.
package struct TrustedToken: Sendable {
    package let token: AuthenticatedToken
    /// The key that signed it.
    package let key: LiveKey
    /// Of a session token, the key that signed the token the session began with.
    package let originKey: LiveKey?
}

extension KeyRing {
    /// Finds out whether a key of this ring signed a token.
    /// - Throws: ``Denial``.
    package func authenticate(
        _ text: UnsafeRawBufferPointer, at now: NumericDate
    ) throws(Denial) -> TrustedToken {
        var found: (key: LiveKey?, origin: LiveKey?) = (nil, nil)
        let token = try TokenVerifier.authenticate(utf8: text.bindMemory(to: UInt8.self)) { id in
            let next = self[id]
            if let key = found.key {
                // Asked a second time, for the first token of a session. One account has no say in the sessions of another.
                guard next?.account == key.account else { return .unknown }
                found.origin = next
            } else {
                found.key = next
            }
            return next?.standing(at: now) ?? .unknown
        }
        guard let key = found.key else { throw Denial(.keyUnknown, "no trusted key has the token's key id") }
        return TrustedToken(token: token, key: key, originKey: found.origin)
    }
}
