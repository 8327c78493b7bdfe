public import StreamSigning

extension ChangeKind {
    /// The operator has freed the id of a deleted key: it may be given again, to another key.
    public static let keyIDReleased = ChangeKind(rawValue: "released")
}

extension StoreChange.Content {
    /// The operator has freed the id of a deleted key.
    public static func released(_ id: KeyID) -> Self {
        Self(kind: .keyIDReleased, subject: id.rawValue)
    }
}

enum KeyIDReleased: ChangeRule {
    static let kind = ChangeKind.keyIDReleased
    static let isAboutKey = false

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        try receiver.release(try content.keyID(), of: account)
    }
}
