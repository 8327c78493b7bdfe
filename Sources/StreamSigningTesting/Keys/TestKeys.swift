public import StreamSigning

/// The keys that every test may use. They are constants, so that a test run makes none (which takes 120 ms each) and a
/// token of the same claims is the same text in every run; and they are public, so nothing but a test may trust them.
extension SigningKey {
    /// The key that tests sign with, of 2048 bits and with the id `7e570000000000000000000000000001`.
    ///
    /// ```swift
    /// let token = try TokenSigner(key: .testKey).sign(claims)
    /// ```
    ///
    /// It is public: a verifier outside of tests must not trust it. It is read at its first use.
    /// - Throws: `KeyError` with code `unavailable` where OpenSSL itself does not work. The getter throws so that such a
    ///   machine fails a test instead of trapping; signing throws as well, so one `try` covers both.
    public static var testKey: SigningKey {
        get throws(KeyError) { try PublicTestKeys.first.get() }
    }

    /// Another key, which verifiers that trust ``testKey`` alone do not know: for rotations and forgeries. Its id is
    /// `7e570000000000000000000000000002`.
    ///
    /// ```swift
    /// let keys = try KeySet([SigningKey.testKey.verificationKey, SigningKey.otherTestKey.verificationKey])
    /// ```
    /// - Throws: `KeyError`, as ``testKey`` does.
    public static var otherTestKey: SigningKey {
        get throws(KeyError) { try PublicTestKeys.second.get() }
    }
}

extension KeySet {
    /// What a verifier under test trusts: the public half of ``SigningKey/testKey``, and nothing else.
    ///
    /// ```swift
    /// let verifier = TokenVerifier(keys: try .testKeys)
    /// ```
    /// - Throws: `KeyError`, as ``SigningKey/testKey`` does.
    public static var testKeys: KeySet {
        get throws(KeyError) { try PublicTestKeys.trusted.get() }
    }
}

/// Each is read once, at its first use; a failure is kept, and thrown at each use.
private enum PublicTestKeys {
    static let first = read(PublicTestKeyText.first, id: PublicTestKeyText.firstID)
    static let second = read(PublicTestKeyText.second, id: PublicTestKeyText.secondID)
    static let trusted = Result { () throws(KeyError) in try KeySet([first.get().verificationKey]) }

    private static func read(_ text: String, id: String) -> Result<SigningKey, KeyError> {
        Result { () throws(KeyError) in try SigningKey(importing: text, id: KeyID(id)) }
    }
}
