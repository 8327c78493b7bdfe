public import StreamSigning

/// What can be changed of the accounts' keys: their names, and whether their tokens are let in.
public protocol KeyStateStore: Sendable {
    /// One of the account's keys that are not deleted; nil if there is none of that id.
    func details(of id: KeyID, in account: AccountID) async throws(StoreError) -> KeyDetails?

    /// The account's keys that are not deleted, in the order they were added.
    func details(in account: AccountID) async throws(StoreError) -> [KeyDetails]

    /// Changes a key. An update that changes nothing leaves no trace.
    /// - Returns: the key as it is now, and the number of the change that nodes have to take over; nil if its tokens are let in as
    ///   before.
    /// - Throws: ``StoreError``: `notFound` if the account has no such key or it is deleted; `keyExpired` if the key is to be
    ///   enabled and has expired.
    func update(
        _ id: KeyID, of account: AccountID, by update: KeyUpdate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (key: KeyDetails, number: ChangeNumber?)
}
