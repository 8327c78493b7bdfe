extension VerificationKey {
    /// Whether it is this key's RS256 signature over a text of any kind; tokens have a ``TokenVerifier``.
    package func isValid(_ signature: [UInt8], over text: [UInt8]) -> Bool {
        signature.withUnsafeBytes { signature in text.withUnsafeBytes { handle.isValid(signature, for: $0) } }
    }
}
