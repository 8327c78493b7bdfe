/// The private halves of the keys that the service itself signs with, sealed by the vault, and which master key they are
/// under.
public protocol SealedKeyStore: Sendable {
    /// The private half of the account's own key that is not deleted, sealed by the vault; nil if it has none.
    func sealedKey(of account: AccountID) async throws(StoreError) -> SealedKey?

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
