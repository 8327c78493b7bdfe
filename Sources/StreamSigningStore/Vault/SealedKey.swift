public import StreamSigning

/// The private half of a key, encrypted under the master key (AES-256-GCM, the key's id and account as associated data).
public struct SealedKey: Sendable, Hashable {
    /// Whose key.
    public let account: AccountID
    /// Which key.
    public let id: KeyID
    /// Which master key sealed it: the first 8 bytes of its SHA-256, as hexadecimal.
    public let masterKeyID: String
    /// 12 bytes of nonce, the ciphertext, 16 bytes of tag.
    public let box: [UInt8]

    /// A sealed key.
    public init(account: AccountID, id: KeyID, masterKeyID: String, box: [UInt8]) {
        self.account = account
        self.id = id
        self.masterKeyID = masterKeyID
        self.box = box
    }
}
