extension SigningKey {
    /// The RS256 signature over any text.
    ///
    /// StreamSigningTesting needs it to make well-signed tokens with malformed claims. Other code signs ``PlaybackClaims``,
    /// which cannot be malformed.
    package func signature(over text: String) throws(KeyError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: handle.signatureCount)
        let result = signature.withUnsafeMutableBytes { signature in
            Array(text.utf8).withUnsafeBytes { text in
                Result { () throws(KeyError) in try handle.sign(text, into: signature) }
            }
        }
        try result.get()
        return signature
    }
}
