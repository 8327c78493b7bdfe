public import StreamSigning

/// All keys and revocations as of one change number.
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
    /// The revocations that were neither lifted nor removed after their end, without their reasons.
    public let revocations: [AccountID: RevocationSet]
    /// The states of those trusted keys whose tokens are not let in for ever.
    public let states: [KeyID: KeyState]

    /// A snapshot.
    public init(
        number: ChangeNumber, keys: [Entry], revoked: [(account: AccountID, id: KeyID)],
        compacted: [KeyFingerprint: AccountID] = [:], revocations: [AccountID: RevocationSet] = [:],
        states: [KeyID: KeyState] = [:]
    ) {
        self.number = number
        self.keys = keys
        self.revoked = revoked
        self.compacted = compacted
        self.revocations = revocations
        self.states = states
    }
}
