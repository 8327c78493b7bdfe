internal import StreamSigning
import StreamSigningStore

/// All valid credentials by their hash: an immutable value, replaced as a whole.
struct CredentialTable: Sendable {
    /// By the first 8 bytes of the hash, which a client cannot choose.
    private let byPrefix: [UInt64: [StoredCredential]]

    init(_ credentials: [StoredCredential] = []) {
        byPrefix = Dictionary(grouping: credentials) { Self.prefix($0.hash) }
    }

    func find(hash: [UInt8]) -> StoredCredential? {
        byPrefix[Self.prefix(hash)]?.first { ConstantTime.isEqual($0.hash, hash) }
    }

    private static func prefix(_ hash: [UInt8]) -> UInt64 {
        hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
