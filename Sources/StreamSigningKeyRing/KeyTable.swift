import StreamSigning
import StreamSigningStore

/// All live keys and tombstones by id: an immutable value, swapped as a whole.
///
/// Two dictionaries, so that adding a key to 100,000 does not copy 100,000: only the recent one is copied at each change. When
/// it has grown, its keys move to the settled one.
struct KeyTable: ChangeReceiver {
    private var settled: [KeyID: LiveKey]
    private var recent: [KeyID: LiveKey] = [:]
    /// Keys that are not revoked.
    package private(set) var liveCount: Int
    /// Accounts whose keys have changed since the table was last asked.
    private var changed: Set<AccountID> = []

    package init(_ snapshot: KeySnapshot) {
        settled = Dictionary(minimumCapacity: snapshot.keys.count + snapshot.revoked.count)
        for entry in snapshot.revoked { settled[entry.id] = LiveKey(revokedIn: entry.account) }
        for entry in snapshot.keys { settled[entry.key.id] = LiveKey(entry.key, of: entry.account) }
        liveCount = snapshot.keys.count
    }

    package subscript(id: KeyID) -> LiveKey? {
        recent[id] ?? settled[id]
    }

    /// Adds a key. Ids are never given twice and a deleted key does not come back, so a change that is heard of twice, or
    /// after a later one of the same key, changes nothing.
    package mutating func add(_ key: StoredPublicKey, of account: AccountID) {
        guard self[key.id] == nil else { return }
        insert(LiveKey(key, of: account), as: key.id)
        liveCount += 1
    }

    /// Revokes a key, known or not.
    package mutating func revoke(_ id: KeyID, of account: AccountID) {
        guard let key = self[id] else { return insert(LiveKey(revokedIn: account), as: id) }
        guard !key.isRevoked else { return }
        key.revoke()
        liveCount -= 1
        changed.insert(account)
    }

    mutating func takeChanged() -> Set<AccountID> {
        defer { changed = [] }
        return changed
    }

    /// Takes over what a store holds that may have lost changes: no deletion is taken back.
    package mutating func replace(with snapshot: KeySnapshot) {
        let held = Set(snapshot.keys.map(\.key.id))
        for (id, key) in settled.merging(recent, uniquingKeysWith: { $1 }) where !held.contains(id) {
            revoke(id, of: key.account)
        }
        for entry in snapshot.revoked { revoke(entry.id, of: entry.account) }
        for entry in snapshot.keys { add(entry.key, of: entry.account) }
    }

    private mutating func insert(_ key: LiveKey, as id: KeyID) {
        changed.insert(key.account)
        recent[id] = key
        guard recent.count > max(256, settled.count / 64) else { return }
        settled.merge(recent) { $1 }
        recent = [:]
    }
}
