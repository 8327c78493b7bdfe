internal import COpenSSLShim

/// SHA-256, random bytes and comparison in constant time, from OpenSSL.
package enum Digest {
    package static func sha256(_ bytes: [UInt8]) throws(KeyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = bytes.withUnsafeBytes { ss_sha256(ss_bytes(borrowing: $0), &digest) }
        guard status == SS_OK else { throw KeyError(.unavailable, "OpenSSL could not compute SHA-256") }
        return digest
    }

    package static func sha256(_ secret: SecretBytes) throws(KeyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = secret.withUnsafeBytes { ss_sha256(ss_bytes(borrowing: $0), &digest) }
        guard status == SS_OK else { throw KeyError(.unavailable, "OpenSSL could not compute SHA-256") }
        return digest
    }

    package static func random(count: Int) throws(KeyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard ss_random(&bytes, count) == SS_OK else {
            throw KeyError(.unavailable, "the machine gave no random bytes")
        }
        return bytes
    }

    package static func randomSecret(count: Int) throws(KeyError) -> SecretBytes {
        let secret = SecretBytes(capacity: count) { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return ss_random(start, count) == SS_OK ? count : nil
        }
        guard let secret else { throw KeyError(.unavailable, "the machine gave no random bytes") }
        return secret
    }

    /// Takes a time that depends on the lengths alone.
    package static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && ss_equal(left, right, left.count)
    }
}
