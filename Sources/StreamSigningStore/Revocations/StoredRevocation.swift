public import StreamSigning

/// A revocation as a store keeps it, from the change that adds it until it ends.
public struct StoredRevocation: Sendable, Hashable {
    /// The number of the change that added it: revocations are listed by it.
    public let number: ChangeNumber
    /// Whose tokens it refuses.
    public let account: AccountID
    /// What is refused.
    public let revocation: Revocation
    /// The number of the change that lifted it; nil if it was not lifted.
    public let lifted: ChangeNumber?

    /// A revocation of a store.
    public init(number: ChangeNumber, account: AccountID, revocation: Revocation, lifted: ChangeNumber? = nil) {
        self.number = number
        self.account = account
        self.revocation = revocation
        self.lifted = lifted
    }

    /// The same once the change `lifted` has lifted it.
    package func lifted(by lifted: ChangeNumber) -> StoredRevocation {
        StoredRevocation(number: number, account: account, revocation: revocation, lifted: lifted)
    }
}
