public import StreamSigning

extension ChangeKind {
    /// Tokens of a good key are refused from now on.
    public static let revocationAdded = ChangeKind(rawValue: "revocation_added")
}

extension StoreChange.Content {
    /// Tokens of a good key are refused from now on. The reason is not part of it: those who follow refuse viewers and tell
    /// them nothing.
    public static func added(_ revocation: Revocation) -> Self {
        Self(.revocationAdded, of: revocation)
    }
}

enum RevocationAdded: ChangeRule {
    static let kind = ChangeKind.revocationAdded
    static let isAboutKey = false

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        try receiver.add(try content.revocation(), of: account)
    }
}
