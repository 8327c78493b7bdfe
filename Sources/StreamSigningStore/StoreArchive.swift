public import StreamSigning

/// Everything that a store holds, to be taken over by another one: from one machine to many, and the way back.
///
/// It is read at once and held in memory, about a kilobyte for each key with its events.
public struct StoreArchive: Sendable, Equatable {
    /// A key, deleted or not.
    public struct Key: Sendable, Equatable {
        /// Whose key it is.
        public let account: AccountID
        /// The public half.
        public let key: StoredPublicKey
        /// When it was created or imported.
        public let created: NumericDate
        /// How it came into the store.
        public let origin: StoredKey.Origin
        /// When it was deleted; nil if it was not.
        public let revoked: NumericDate?
        /// The private half, sealed; only for ``StoredKey/Origin/service``.
        public let sealed: SealedKey?

        package init(
            account: AccountID, key: StoredPublicKey, created: NumericDate, origin: StoredKey.Origin,
            revoked: NumericDate?, sealed: SealedKey?
        ) {
            self.account = account
            self.key = key
            self.created = created
            self.origin = origin
            self.revoked = revoked
            self.sealed = sealed
        }
    }

    /// A credential, revoked or not.
    public struct Credential: Sendable, Equatable {
        /// The credential.
        public let credential: StoredCredential
        /// When it was revoked; nil if it was not.
        public let revoked: NumericDate?
        /// Whether it was stored under an id that depends on the rest of it.
        package let isBound: Bool

        /// A credential that is stored for the first time.
        package init(credential: StoredCredential, revoked: NumericDate?) {
            self.init(credential: credential, revoked: revoked, isBound: credential.hasBoundID)
        }

        package init(credential: StoredCredential, revoked: NumericDate?, isBound: Bool) {
            self.credential = credential
            self.revoked = revoked
            self.isBound = isBound
        }
    }

    /// All keys, in the order they were added.
    public let keys: [Key]
    /// All changes, in order.
    public let changes: [StoreChange]
    /// What is left of deleted keys whose rows are gone: the fingerprints of ids and of keys, by number.
    public let compacted: [KeyFingerprint]
    /// All revocations that are not removed after their end, in the order they were added.
    public let revocations: [StoredRevocation]
    /// What was changed of keys that are not deleted, in the order the keys were added.
    public let keyStates: [StoredKeyState]
    /// The master key that sealed halves are under; nil if there is none yet.
    public let masterKeyID: String?
    /// All credentials, in the order they were added.
    public let credentials: [Credential]
    /// See ``CredentialStore/credentialRevision()``.
    public let credentialRevision: Int64
    /// The audit log.
    public let events: [RecordedEvent]

    package init(
        keys: [Key], changes: [StoreChange], compacted: [KeyFingerprint], revocations: [StoredRevocation],
        keyStates: [StoredKeyState], masterKeyID: String?, credentials: [Credential], credentialRevision: Int64,
        events: [RecordedEvent]
    ) {
        self.keys = keys
        self.changes = changes
        self.compacted = compacted
        self.revocations = revocations
        self.keyStates = keyStates
        self.masterKeyID = masterKeyID
        self.credentials = credentials
        self.credentialRevision = credentialRevision
        self.events = events
    }

    /// Deleted keys of which only fingerprints are left.
    public var compactedKeyCount: Int { (try? CompactedKeys(changes))?.accounts.count ?? 0 }

    /// How many rows it takes in a database.
    package var rowCount: Int {
        keys.count + changes.count + compacted.count + revocations.count + keyStates.count + credentials.count
            + events.count
    }
}
