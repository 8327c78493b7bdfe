public import StreamSigning

/// Who has, or had, an id of the one space of key ids, and how an operator frees one.
public protocol KeyIDRegistry: Sendable {
    /// The account whose key has or had the id; nil if no key did, or the id was freed.
    func holder(of id: KeyID) async throws(StoreError) -> KeyIDHolder?

    /// Frees the id of a deleted key, so that another key may have it. The account that had it still cannot bring the same key
    /// back.
    /// - Throws: ``StoreError``: `notFound` if no deleted key of the account had the id; `keyExists` if a key has it that is
    ///   not deleted.
    func release(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber
}

/// Whose an id is.
public struct KeyIDHolder: Sendable, Hashable {
    /// The account.
    public let account: AccountID
    /// Whether its key is deleted.
    public let isDeleted: Bool

    /// The holder of an id.
    public init(account: AccountID, isDeleted: Bool) {
        self.account = account
        self.isDeleted = isDeleted
    }
}

extension StoreError {
    /// An id is to be freed that is in use.
    package static let idInUse = StoreError(.keyExists, "a key that is not deleted has the id")
    /// An id is to be freed that nobody had.
    package static let idNotHeld = StoreError(.notFound, "no deleted key of the account had the id")
}
