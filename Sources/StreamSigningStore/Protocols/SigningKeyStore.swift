public import StreamSigning

/// The accounts' signing keys: their public halves, and the tombstones of those that were deleted.
public protocol SigningKeyStore: Sendable {
    /// Adds a key.
    /// - Throws: ``StoreError``: `keyExists` if the id is or was in use, the account has or had the same key, or its newest
    ///   service key is not the one that this one is to follow; `limitReached`; `deletedLimitReached`; `masterKeyChanged`.
    func insert(_ key: StoredKey, quota: KeyQuota, audit: AuditEvent) async throws(StoreError) -> ChangeNumber

    /// The account's keys that are not deleted, in the order they were added. An unknown account has none.
    func keys(of account: AccountID) async throws(StoreError) -> [KeyListing]

    /// The public half of one of the account's keys that is not deleted; nil if there is none of that id.
    func verificationKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> VerificationKey?

    /// The public halves of the account's keys that are not deleted, in the order they were added. One that is damaged throws when it
    /// is used.
    func publicKeys(of account: AccountID) async throws(StoreError) -> [StoredPublicKey]

    /// Deletes a key, which revokes every token it signed.
    /// - Throws: ``StoreError``: `notFound` if the account has no such key or it is deleted already.
    func revoke(_ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent) async throws(StoreError)
        -> ChangeNumber
}

extension SigningKeyStore {
    /// The same, ready to verify with.
    /// - Throws: ``StoreError``: `corrupt` if one of them is damaged.
    public func verificationKeys(of account: AccountID) async throws(StoreError) -> [VerificationKey] {
        var keys: [VerificationKey] = []
        for key in try await publicKeys(of: account) {
            guard let key = try? key.verificationKey() else {
                throw StoreError(.corrupt, "the public half of \(account)'s key \(key.id) cannot be read")
            }
            keys.append(key)
        }
        return keys
    }
}
