public import StreamSigning

extension ChangeKind {
    /// A revocation no longer counts, before its time.
    public static let revocationLifted = ChangeKind(rawValue: "revocation_lifted")
}

extension StoreChange.Content {
    /// A revocation no longer counts, before its time.
    public static func lifted(_ revocation: Revocation) -> Self {
        Self(.revocationLifted, of: revocation)
    }
}

enum RevocationLifted: ChangeRule {
    static let kind = ChangeKind.revocationLifted
    static let isAboutKey = false

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        try receiver.lift(try content.revocation(), of: account)
    }
}
