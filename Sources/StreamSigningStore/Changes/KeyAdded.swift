internal import StreamSigning

extension ChangeKind {
    /// A key is trusted from now on.
    public static let keyAdded = ChangeKind(rawValue: "added")
}

extension StoreChange.Content {
    /// A key is trusted from now on.
    public static func added(_ key: StoredPublicKey) -> Self {
        Self(kind: .keyAdded, subject: key.id.rawValue, key: key)
    }
}

enum KeyAdded: ChangeRule {
    static let kind = ChangeKind.keyAdded
    static let isAboutKey = true

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        guard let key = content.key else { throw StoreError(.corrupt, "a change adds a key and has none") }
        try receiver.add(key, of: account)
    }
}
