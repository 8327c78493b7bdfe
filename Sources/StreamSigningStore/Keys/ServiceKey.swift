public import StreamSigning

/// A key that the service itself signs with for an account, or did, or will.
///
/// An account may have several at a time: the next one is there before it signs, and an old one until what it signed has ended.
public struct ServiceKey: Sendable, Hashable {
    /// Whose key it is.
    public let account: AccountID
    /// Its id.
    public let id: KeyID
    /// When it was made.
    public let created: NumericDate

    /// A key of an account.
    public init(account: AccountID, id: KeyID, created: NumericDate) {
        self.account = account
        self.id = id
        self.created = created
    }
}
