public import StreamSigning

extension ChangeKind {
    /// A key is no longer trusted.
    public static let keyRevoked = ChangeKind(rawValue: "revoked")
}

extension StoreChange.Content {
    /// A key is no longer trusted.
    public static func revoked(_ id: KeyID) -> Self {
        Self(kind: .keyRevoked, subject: id.rawValue)
    }
}

enum KeyRevoked: ChangeRule {
    static let kind = ChangeKind.keyRevoked
    static let isAboutKey = true

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        try receiver.revoke(try content.keyID(), of: account)
    }
}
