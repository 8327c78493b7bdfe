internal import COpenSSLShim

/// Bytes from OpenSSL's random generator.
package enum RandomBytes {
    /// Bytes that need not stay secret, such as those of an id.
    package static func make(count: Int) throws(KeyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard ss_random(&bytes, count) == SS_OK else { throw unavailable }
        return bytes
    }

    package static func makeSecret(count: Int) throws(KeyError) -> SecretBytes {
        let secret = SecretBytes(capacity: count) { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return ss_random(start, count) == SS_OK ? count : nil
        }
        guard let secret else { throw unavailable }
        return secret
    }

    private static var unavailable: KeyError {
        KeyError(.unavailable, "the machine gave no random bytes")
    }
}
