public import StreamSigning

/// Who did what to which key, revocation or credential, when, and from where. It never holds a secret.
public struct AuditEvent: Sendable, Hashable {
    /// What was done.
    public enum Action: String, Sendable, CaseIterable {
        case keyCreated = "key.created"
        case keyImported = "key.imported"
        case keyDeleted = "key.deleted"
        case keyIDReleased = "key_id.released"
        case keyChanged = "key.changed"
        case serviceKeyCreated = "service_key.created"
        case revocationAdded = "revocation.added"
        case revocationLifted = "revocation.lifted"
        case credentialCreated = "credential.created"
        case credentialRevoked = "credential.revoked"
        case masterKeyCreated = "master_key.created"
        case masterKeyRotated = "master_key.rotated"
    }

    /// When.
    public let time: NumericDate
    /// What was done.
    public let action: Action
    /// The account it was done in; nil for the whole service.
    public let account: AccountID?
    /// The id of the key, revocation or credential; nil for the whole service.
    public let subject: String?
    /// Who: the id of a credential, or `cli` for the operator on the machine, or `service`.
    public let actor: String
    /// The client's address; nil on the machine itself.
    public let address: String?

    /// An event to record.
    public init(
        time: NumericDate, action: Action, account: AccountID?, subject: String?, actor: String, address: String? = nil
    ) {
        self.time = time
        self.action = action
        self.account = account
        self.subject = subject
        self.actor = actor
        self.address = address
    }
}
