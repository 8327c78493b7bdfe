internal import COpenSSLShim

/// SHA-256 and random bytes, from OpenSSL.
package enum Digest {
    package static func sha256(_ bytes: [UInt8]) throws(KeyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = bytes.withUnsafeBytes { ss_sha256(ss_bytes(borrowing: $0), &digest) }
        guard status == SS_OK else { throw KeyError(.unavailable, "OpenSSL could not compute SHA-256") }
        return digest
    }

    static func random(count: Int) throws(KeyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard ss_random(&bytes, count) == SS_OK else {
            throw KeyError(.unavailable, "the machine gave no random bytes")
        }
        return bytes
    }
}
