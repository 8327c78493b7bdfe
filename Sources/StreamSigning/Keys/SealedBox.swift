internal import COpenSSLShim

/// AES-256-GCM under a random nonce: 12 bytes of nonce, the ciphertext, 16 bytes of tag.
package enum SealedBox {
    package static let keyCount = 32
    /// How many bytes a box has beyond what is in it.
    package static let overhead = SS_SEAL_OVERHEAD

    /// - Parameters:
    ///   - key: ``keyCount`` bytes.
    ///   - associated: what the box belongs to; it opens with the same bytes only.
    package static func seal(
        _ plain: SecretBytes, under key: SecretBytes, associated: [UInt8]
    ) throws(KeyError) -> [UInt8] {
        guard key.count == keyCount else { throw KeyError(.malformed, "a sealing key has 32 bytes") }
        var sealed = [UInt8](repeating: 0, count: plain.count + SS_SEAL_OVERHEAD)
        let status = key.withUnsafeBytes { key in
            plain.withUnsafeBytes { plain in
                associated.withUnsafeBytes { associated in
                    ss_seal(
                        key.baseAddress?.assumingMemoryBound(to: UInt8.self), ss_bytes(borrowing: plain),
                        ss_bytes(borrowing: associated), &sealed, sealed.count)
                }
            }
        }
        guard status == SS_OK else { throw KeyError(.unavailable, "OpenSSL could not encrypt") }
        return sealed
    }

    /// - Throws: ``KeyError``: `inconsistent` if key, box or associated data are not those that were sealed.
    package static func open(
        _ sealed: [UInt8], under key: SecretBytes, associated: [UInt8]
    ) throws(KeyError) -> SecretBytes {
        let count = sealed.count - SS_SEAL_OVERHEAD
        guard key.count == keyCount, count >= 0 else {
            throw KeyError(.inconsistent, "the sealed text or its key is too short")
        }
        var status = SS_FAILED
        let plain = SecretBytes(count: count) { plain in
            status = key.withUnsafeBytes { key in
                sealed.withUnsafeBytes { sealed in
                    associated.withUnsafeBytes { associated in
                        ss_open(
                            key.baseAddress?.assumingMemoryBound(to: UInt8.self), ss_bytes(borrowing: sealed),
                            ss_bytes(borrowing: associated), plain.baseAddress?.assumingMemoryBound(to: UInt8.self),
                            plain.count)
                    }
                }
            }
        }
        switch status {
        case SS_OK: return plain
        case SS_INCONSISTENT:
            throw KeyError(.inconsistent, "the sealed text was not sealed with this key for this purpose")
        default: throw KeyError(.unavailable, "OpenSSL could not decrypt")
        }
    }
}
