/// What a change does. The set is open: later versions add kinds, and a version refuses to go on at one that it does not
/// know.
///
/// To add a kind, write a file like `KeyAdded.swift`, and name its rule in `rules`. A version that adds one also adds a
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
    package static let rules: [any ChangeRule.Type] = [
        KeyAdded.self, KeyRevoked.self, KeysCompacted.self, KeyIDReleased.self,
        RevocationAdded.self, RevocationLifted.self, ChangesEnded.self,
        KeyStateChanged.self,
    ]

    /// What the kind means; nil for one that this version does not know.
    package var rule: (any ChangeRule.Type)? {
        Self.rules.first { $0.kind == self }
    }
}
