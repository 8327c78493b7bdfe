import StreamSigning
package import StreamSigningStore

/// The keys that a list of changes leads to.
package struct FeedSnapshot {
    package private(set) var number = ChangeNumber(rawValue: 0)
    private var live: [KeyID: KeySnapshot.Entry] = [:]
    private var revoked: [KeyID: AccountID] = [:]

    package init() {}

    /// - Throws: ``StoreError``: `corrupt` if one is missing.
    package mutating func apply(_ changes: [KeyChange]) throws(StoreError) {
        for change in changes {
            guard change.number.rawValue == number.rawValue + 1 else {
                throw StoreError(.corrupt, "change \(number.rawValue + 1) of the keys is missing in the feed")
            }
            number = change.number
            switch change.kind {
            case .added(let key): live[key.id] = (change.account, key)
            case .revoked(let id):
                live[id] = nil
                revoked[id] = change.account
            }
        }
    }

    package var snapshot: KeySnapshot {
        KeySnapshot(
            number: number, keys: live.values.map { $0 }, revoked: revoked.map { ($0.value, $0.key) })
    }
}
