package import StreamSigning

/// What a store keeps of a deleted key once the key itself is gone: 64 bits of a SHA-256, 8 bytes on disk and in memory.
///
/// Two things have one: the key's id, which must not be given again and whose tokens go on being refused as revoked; and
/// the key together with its account, which must not import it again. A million of them meet by chance once in ten million
/// such stores, and who meets one on purpose (2⁶⁴ hashes) has made an id that nobody can use.
public struct KeyFingerprint: RawRepresentable, Sendable, Hashable {
    /// The first 8 bytes of the hash.
    public let rawValue: Int64

    /// Any number; those in use come from keys.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

extension KeyFingerprint {
    /// The fingerprint of an id. PostgreSQL's schema computes the same.
    /// - Throws: ``StoreError``: `unavailable` if OpenSSL fails.
    package init(of id: KeyID) throws(StoreError) {
        try self.init(hashing: Array("key-id:\(id.rawValue)".utf8))
    }

    /// The fingerprint of a key in an account. PostgreSQL's schema computes the same.
    /// - Parameter thumbprint: the key's SHA-256 JWK thumbprint (RFC 7638).
    /// - Throws: ``StoreError``: `unavailable` if OpenSSL fails.
    package init(ofKey thumbprint: [UInt8], in account: AccountID) throws(StoreError) {
        try self.init(hashing: Array("key:\(account.rawValue):".utf8) + thumbprint)
    }

    private init(hashing bytes: [UInt8]) throws(StoreError) {
        do throws(KeyError) {
            self.init(bigEndian: try Digest.sha256(bytes)[..<8])
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
    }

    private init(bigEndian bytes: ArraySlice<UInt8>) {
        rawValue = Int64(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) })
    }
}

extension KeyFingerprint {
    /// Fingerprints as text: 8 bytes each, in base64url.
    static func encode(_ fingerprints: [KeyFingerprint]) -> String {
        Base64.url.encode(
            fingerprints.flatMap { fingerprint in
                withUnsafeBytes(of: fingerprint.rawValue.bigEndian) { Array($0) }
            })
    }

    /// - Returns: nil for a text that ``encode(_:)`` does not write.
    static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [KeyFingerprint]? {
        guard let secret = Base64.url.decode(text) else { return nil }
        let bytes = secret.withUnsafeBytes { Array($0) }
        guard !bytes.isEmpty, bytes.count.isMultiple(of: 8) else { return nil }
        return stride(from: 0, to: bytes.count, by: 8).map { KeyFingerprint(bigEndian: bytes[$0..<$0 + 8]) }
    }
}
