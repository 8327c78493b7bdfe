package import StreamSigning

/// A genuine token, and the key it depends on. A verdict about it is good only as long as that is.
package struct TrustedToken: Sendable {
    package let token: AuthenticatedToken
    /// The key that signed it.
    package let key: LiveKey
}

extension KeyRing {
    /// Finds out whether a key of this ring signed a token.
    /// - Throws: ``Denial``.
    package func authenticate(
        _ text: UnsafeRawBufferPointer, at now: NumericDate
    ) throws(Denial) -> TrustedToken {
        var found: LiveKey?
        let token = try TokenVerifier.authenticate(utf8: text.bindMemory(to: UInt8.self)) { id in
            found = self[id]
            return found?.standing(at: now) ?? .unknown
        }
        guard let key = found else { throw Denial(.keyUnknown, "no trusted key has the token's key id") }
        return TrustedToken(token: token, key: key)
    }

    /// As ``authenticate(_:at:)-(UnsafeRawBufferPointer,_)`` for each text, with the signatures checked together.
    package func authenticate(
        _ texts: [UnsafeRawBufferPointer], at now: NumericDate
    ) -> [Result<TrustedToken, Denial>] {
        var found = [LiveKey?](repeating: nil, count: texts.count)
        let tokens = TokenVerifier.authenticate(utf8: texts.map { $0.bindMemory(to: UInt8.self) }) { index, id in
            found[index] = self[id]
            return found[index]?.standing(at: now) ?? .unknown
        }
        return zip(tokens, found).map { token, key in
            Result { () throws(Denial) in
                let token = try token.get()
                guard let key else { throw Denial(.keyUnknown, "no trusted key has the token's key id") }
                return TrustedToken(token: token, key: key)
            }
        }
    }
}
