package import StreamSigning

/// What a change does. The set is open: later versions add kinds, and a version refuses to go on at one that it does not
/// know.
///
/// To add a kind, write a file like `KeyAdded.swift`, and name its rule in ``rules``. A version that adds one also adds a
/// migration to each database, so that earlier versions refuse to start on it.
public struct ChangeKind: RawRepresentable, Sendable, Hashable {
    /// The name, in databases and in the feed.
    public let rawValue: String

    /// Any name; the kinds in use are static members.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

extension ChangeKind {
    /// All kinds that this version knows.
    package static let rules: [any ChangeRule.Type] = [KeyAdded.self, KeyRevoked.self]

    /// What the kind means; nil for one that this version does not know.
    package var rule: (any ChangeRule.Type)? {
        Self.rules.first { $0.kind == self }
    }
}

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

/// What changes are applied to: whatever follows a store.
package protocol ChangeReceiver {
    /// Trusts a key from now on.
    mutating func add(_ key: StoredPublicKey, of account: AccountID) throws(StoreError)

    /// Trusts a key no longer.
    mutating func revoke(_ id: KeyID, of account: AccountID) throws(StoreError)
}
