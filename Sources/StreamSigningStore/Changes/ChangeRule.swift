/// What one kind of change means.
package protocol ChangeRule: SendableMetatype {
    /// The name.
    static var kind: ChangeKind { get }
    /// Whether the subject is a key. Databases then refer to the key's row, and repeat nothing of it.
    static var isAboutKey: Bool { get }

    /// Does to `receiver` what the change means.
    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError)
}
