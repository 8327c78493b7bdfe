public import StreamSigningStore

/// Whoever presented a good credential.
public struct Principal: Sendable, Hashable {
    /// Which credential; the actor of audit events.
    public let credential: CredentialID
    /// The one account it is good for.
    public let account: AccountID
    /// What it may do.
    public let role: StoredCredential.Role

    /// Only ``CredentialIndex`` finds out who is who; this is for tests of what comes after.
    package init(credential: CredentialID, account: AccountID, role: StoredCredential.Role) {
        self.credential = credential
        self.account = account
        self.role = role
    }

    /// Whether it may do what needs `role`, in `account`.
    public func may(_ role: StoredCredential.Role, in account: AccountID) -> Bool {
        self.account == account && (self.role == role || self.role == .write && role == .read)
    }
}
