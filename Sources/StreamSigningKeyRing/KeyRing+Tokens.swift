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
        var found = TokenKeys()
        let token = try TokenVerifier.authenticate(utf8: text.bindMemory(to: UInt8.self)) { id in
            found.take(self[id])?.standing(at: now) ?? .unknown
        }
        return try found.trusted(token)
    }

    /// As ``authenticate(_:at:)-(UnsafeRawBufferPointer,_)`` for each text, with the signatures checked together.
    package func authenticate(
        _ texts: [UnsafeRawBufferPointer], at now: NumericDate
    ) -> [Result<TrustedToken, Denial>] {
        var found = [TokenKeys](repeating: TokenKeys(), count: texts.count)
        let table = table
        let tokens = TokenVerifier.authenticate(utf8: texts.map { $0.bindMemory(to: UInt8.self) }) { index, id in
            found[index].take(table[id])?.standing(at: now) ?? .unknown
        }
        return zip(tokens, found).map { token, keys in
            Result { () throws(Denial) in try keys.trusted(token.get()) }
        }
    }
}

/// The keys that the checks of one token ask for, in their order.
private struct TokenKeys {
    private var key: LiveKey?
    private var origin: LiveKey?

    /// - Parameter next: the key that was asked for.
    /// - Returns: nil if it has no say.
    mutating func take(_ next: LiveKey?) -> LiveKey? {
        if let key {
            // Asked a second time, for the first token of a session. One account has no say in the sessions of another.
            guard next?.account == key.account else { return nil }
            origin = next
        } else {
            key = next
        }
        return next
    }

    func trusted(_ token: AuthenticatedToken) throws(Denial) -> TrustedToken {
        guard let key else { throw Denial(.keyUnknown, "no trusted key has the token's key id") }
        return TrustedToken(token: token, key: key, originKey: origin)
    }
}
