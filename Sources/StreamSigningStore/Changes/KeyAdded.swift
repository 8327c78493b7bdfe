internal import StreamSigning

extension ChangeKind {
    /// A key is trusted from now on.
    public static let keyAdded = ChangeKind(rawValue: "added")
}

extension StoreChange.Content {
    /// A key is trusted from now on.
    public static func added(_ key: StoredPublicKey) -> Self {
        Self(
            kind: .keyAdded, subject: key.id.rawValue, key: key,
            payload: key.signsSessions ? KeyAdded.sessions : nil)
    }
}

enum KeyAdded: ChangeRule {
    /// The payload for a key of the service's own. Databases keep no payload for a key: the origin in its row says the same.
    static let sessions = #"{"sessions":true}"#

    static let kind = ChangeKind.keyAdded
    static let isAboutKey = true

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        guard let key = content.key else { throw StoreError(.corrupt, "a change adds a key and has none") }
        let isMarked = content.payload == sessions && !key.signsSessions
        try receiver.add(
            isMarked ? StoredPublicKey(id: key.id, der: key.der, signsSessions: true) : key, of: account)
    }
}
