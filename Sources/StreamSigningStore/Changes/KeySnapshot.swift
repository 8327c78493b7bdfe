public import StreamSigning

/// All keys as of one change number.
public struct KeySnapshot: Sendable {
    /// One trusted key.
    public typealias Entry = (account: AccountID, key: StoredPublicKey)

    /// The last change it includes.
    public let number: ChangeNumber
    /// The trusted keys.
    public let keys: [Entry]
    /// The ids of deleted keys.
    public let revoked: [(account: AccountID, id: KeyID)]
    /// The accounts of deleted keys of which only the fingerprints of their ids are left.
    public let compacted: [KeyFingerprint: AccountID]

    /// A snapshot.
    public init(
        number: ChangeNumber, keys: [Entry], revoked: [(account: AccountID, id: KeyID)],
        compacted: [KeyFingerprint: AccountID] = [:]
    ) {
        self.number = number
        self.keys = keys
        self.revoked = revoked
        self.compacted = compacted
    }
}
