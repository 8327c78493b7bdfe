package import StreamSigning

/// The deleted keys of which only fingerprints are left, as the changes that compacted and released them tell.
package struct CompactedKeys: Sendable, Equatable {
    /// By the fingerprint of the id, whose key it was.
    package private(set) var accounts: [KeyFingerprint: AccountID] = [:]

    /// None.
    package init() {}

    /// - Parameter changes: in order; those of other kinds are passed over.
    package init(_ changes: some Sequence<StoreChange>) throws(StoreError) {
        for change in changes where Self.kinds.contains(change.content.kind) { try change.apply(to: &self) }
    }

    /// The kinds that say something about them.
    package static let kinds: [ChangeKind] = [.keysCompacted, .keyIDReleased]

    /// How many each account has.
    package var counts: [AccountID: Int64] {
        accounts.values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}

extension CompactedKeys: ChangeReceiver {
    package func add(_ key: StoredPublicKey, of account: AccountID) {}
    package func revoke(_ id: KeyID, of account: AccountID) {}
    package func set(_ state: KeyState, of id: KeyID, in account: AccountID) {}
    package func add(_ revocation: Revocation, of account: AccountID) {}
    package func lift(_ revocation: Revocation, of account: AccountID) {}

    package mutating func revoke(_ fingerprints: [KeyFingerprint], of account: AccountID) {
        for fingerprint in fingerprints { accounts[fingerprint] = account }
    }

    package mutating func release(_ id: KeyID, of account: AccountID) throws(StoreError) {
        accounts[try KeyFingerprint(of: id)] = nil
    }
}
