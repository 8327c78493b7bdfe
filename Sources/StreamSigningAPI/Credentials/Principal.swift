public import StreamSigningStore

/// The owner of a valid credential.
public struct Principal: Sendable, Hashable {
    /// The credential, which audit events name as their actor.
    public let credential: CredentialID
    /// The one account it is valid for.
    public let account: AccountID
    /// What it may do.
    public let role: StoredCredential.Role

    /// Only ``CredentialIndex`` makes one in the service; tests make their own.
    package init(credential: CredentialID, account: AccountID, role: StoredCredential.Role) {
        self.credential = credential
        self.account = account
        self.role = role
    }

    /// Whether it may do what needs `role` in `account`.
    public func may(_ role: StoredCredential.Role, in account: AccountID) -> Bool {
        self.account == account && (self.role == role || self.role == .write && role == .read)
    }
}
