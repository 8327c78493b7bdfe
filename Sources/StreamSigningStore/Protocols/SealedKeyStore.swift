public import StreamSigning

/// The private halves of the keys that the service itself signs with, sealed by the vault, and which master key they are
/// under.
public protocol SealedKeyStore: Sendable {
    /// The keys that the service signs with for an account and that are not deleted, in the order they were added.
    func serviceKeys(of account: AccountID) async throws(StoreError) -> [ServiceKey]

    /// All service keys, as ``serviceKeys(of:)`` has them, of the accounts with one that was made by a time.
    func serviceKeys(createdBy time: NumericDate) async throws(StoreError) -> [ServiceKey]

    /// The private half of one of them, sealed by the vault; nil if the account has no such key.
    func sealedKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> SealedKey?

    /// All sealed private halves, for a change of the master key.
    func sealedKeys() async throws(StoreError) -> [SealedKey]

    /// The id of the master key that private halves are sealed under; nil until ``replace(_:from:to:audit:)`` names one.
    func masterKeyID() async throws(StoreError) -> String?

    /// Replaces all sealed private halves, or none: from now on they are under another master key.
    /// - Parameters:
    ///   - keys: the halves, sealed under the new master key. Those of keys that were deleted since are passed over.
    ///   - old: the master key that the store is under; nil if it has none yet.
    ///   - new: the master key it is under afterwards.
    /// - Throws: ``StoreError``: `masterKeyChanged` if the store is not under `old`, or a half is missing from `keys` or
    ///   under another key than `new`: read again and repeat.
    func replace(_ keys: [SealedKey], from old: String?, to new: String, audit: AuditEvent) async throws(StoreError)
}
