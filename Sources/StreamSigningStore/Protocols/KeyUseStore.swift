public import StreamSigning

/// What gates report of the use of keys, and what is decided by it.
public protocol KeyUseStore: Sendable {
    /// Notes when keys were used. What is known already is only ever replaced by what is later; keys that are not there, or are
    /// deleted, are passed over.
    func record(_ uses: [KeyID: KeyUse]) async throws(StoreError)

    /// Deletes a key if it has not been used since a time. A key that was never used counts from its creation.
    /// - Throws: ``StoreError``: `notFound` if the account has no such key or it is deleted.
    func revoke(
        _ id: KeyID, of account: AccountID, unusedSince: NumericDate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> UnusedKeyRevocation
}

/// What came of an attempt to delete a key that should be out of use.
public enum UnusedKeyRevocation: Sendable, Hashable {
    /// It is deleted, by the change of that number.
    case revoked(ChangeNumber)
    /// Nothing was done: it was used, or created, at that time.
    case inUse(last: NumericDate)
}
