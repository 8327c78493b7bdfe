public import StreamSigning

/// What holds of every key that was imported, from whatever text.
public enum KeyProperties {
    /// A private key: each text it is written as reads as the same key, and it signs what its public half verifies.
    public static func check(_ key: SigningKey) {
        let texts = requireSuccess("a private key is written") {
            [
                try key.pem(.pkcs1), try key.pem(.pkcs8), try key.jwk(), try key.streamPEM(), try key.streamJWK(),
                try key.streamJSON(created: FixedKey.now),
            ]
        }
        for text in texts {
            let again = requireSuccess("a written private key is read") {
                try text.withUnsafeBytes { try SigningKey(importing: $0) }
            }
            require(again.verificationKey.isSameKey(as: key.verificationKey), "a private key is read as it was written")
        }
        let withID = requireSuccess("a written JWK is read") { try SigningKey(importing: key.jwk().reveal()) }
        require(withID == key, "a JWK keeps the key's id")
        checkSignature(key)
        check(key.verificationKey)
    }

    /// A public key: each text it is written as reads as the same key, and none holds a private number.
    public static func check(_ key: VerificationKey) {
        let texts = requireSuccess("a public key is written") { [try key.pem(.pkcs1), try key.pem(.spki)] }
        for text in texts {
            let again = requireSuccess("a written public key is read") { try VerificationKey(importing: text) }
            require(again.isSameKey(as: key), "a public key is read as it was written")
            require((try? SigningKey(importing: text)) == nil, "a written public key is no private one")
        }
        let jwk = requireSuccess("a public key is written as JWK") { try key.jwk() }
        let again = requireSuccess("a written public JWK is read") { try VerificationKey(importing: jwk) }
        require(again == key, "a public JWK keeps the key and its id")
        let names = SecondOpinion.memberNames(of: jwk)
        require(names == ["alg", "e", "kid", "kty", "n", "use"], "a public JWK has public members only, not \(names)")
        let thumbprint = requireSuccess("a thumbprint is computed") { try key.thumbprint() }
        require(thumbprint.utf8.count == 43, "a thumbprint has 43 characters")
    }

    private static func checkSignature(_ key: SigningKey) {
        let token = requireSuccess("an imported key signs") { try TokenSigner(key: key).sign(FixedKey.claims) }
        requireSuccess("an imported key's token is verified by its public half") {
            let verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
            _ = try verifier.verify(token, for: .insecureForAnyVideo(), at: FixedKey.now)
        }
    }
}
