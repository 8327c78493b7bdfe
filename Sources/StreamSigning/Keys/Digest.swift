internal import COpenSSLShim

/// SHA-256, from OpenSSL.
package enum Digest {
    package static func sha256(_ bytes: [UInt8]) throws(KeyError) -> [UInt8] {
        try bytes.withUnsafeBytes { digest(of: $0) }.get()
    }

    package static func sha256(_ secret: SecretBytes) throws(KeyError) -> [UInt8] {
        try secret.withUnsafeBytes { digest(of: $0) }.get()
    }

    private static func digest(of bytes: UnsafeRawBufferPointer) -> Result<[UInt8], KeyError> {
        var digest = [UInt8](repeating: 0, count: 32)
        guard ss_sha256(ss_bytes(borrowing: bytes), &digest) == SS_OK else {
            return .failure(KeyError(.unavailable, "OpenSSL could not compute SHA-256"))
        }
        return .success(digest)
    }
}
