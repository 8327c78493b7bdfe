public import StreamSigning

/// One change of what nodes decide with: a key that was added or deleted, a revocation that was added or lifted.
///
/// A store keeps changes and passes them on, whatever their kind. Only `apply(to:)` asks what a kind means.
public struct StoreChange: Sendable, Equatable {
    /// What happened, and to what.
    public struct Content: Sendable, Equatable {
        /// What happened.
        public let kind: ChangeKind
        /// What it happened to: the id of a key, for the kinds that are about keys.
        public let subject: String
        /// The public half, for the kinds that bring a key.
        public let key: StoredPublicKey?
        /// What else the kind needs to know: a JSON object.
        public let payload: String?

        /// The content of a change; each kind has a static member that makes its own.
        public init(kind: ChangeKind, subject: String, key: StoredPublicKey? = nil, payload: String? = nil) {
            self.kind = kind
            self.subject = subject
            self.key = key
            self.payload = payload
        }

        /// The id of the key that the change is about.
        /// - Throws: ``StoreError``: `corrupt` if it is about none.
        func keyID() throws(StoreError) -> KeyID {
            guard let id = try? KeyID(subject) else { throw StoreError(.corrupt, "a change is about no key") }
            return id
        }
    }

    /// Its position.
    public let number: ChangeNumber
    /// Whose key, or whatever else it is about.
    public let account: AccountID
    /// What happened.
    public let content: Content
    /// When, by the clock of the node that did it.
    public let time: NumericDate

    /// A change.
    public init(number: ChangeNumber, account: AccountID, content: Content, time: NumericDate) {
        self.number = number
        self.account = account
        self.content = content
        self.time = time
    }

    /// Does to `receiver` what this kind of change means.
    /// - Throws: ``StoreError``: `corrupt` for a kind that this version does not know; what the receiver throws.
    package func apply(to receiver: inout some ChangeReceiver) throws(StoreError) {
        guard let rule = content.kind.rule else { throw .unknownChange }
        try rule.apply(content, of: account, to: &receiver)
    }

    /// Checks that the change can be applied.
    /// - Throws: ``StoreError`` as ``apply(to:)``.
    package func check() throws(StoreError) {
        var nothing = NoReceiver()
        try apply(to: &nothing)
    }
}

private struct NoReceiver: ChangeReceiver {
    func add(_ key: StoredPublicKey, of account: AccountID) {}
    func revoke(_ id: KeyID, of account: AccountID) {}
    func revoke(_ fingerprints: [KeyFingerprint], of account: AccountID) {}
    func release(_ id: KeyID, of account: AccountID) {}
    func set(_ state: KeyState, of id: KeyID, in account: AccountID) {}
    func add(_ revocation: Revocation, of account: AccountID) {}
    func lift(_ revocation: Revocation, of account: AccountID) {}
}

extension StoreError {
    /// Nothing may pass over a change that it does not understand: tokens may have ended with it.
    package static let unknownChange = StoreError(.corrupt, "a change is of a kind that this version does not know")
}
