import StreamSigning
import StreamSigningStore

/// All live keys and tombstones by id: an immutable value, swapped as a whole.
///
/// Two dictionaries, so that adding a key to 100,000 does not copy 100,000: only the recent one is copied at each change. When
/// it has grown, its keys move to the settled one. So do deleted keys, of which only fingerprints are left then.
struct KeyTable: ChangeReceiver {
    private var settled: [KeyID: LiveKey]
    private var recent: [KeyID: LiveKey] = [:]
    /// Deleted keys that are still in one of the dictionaries.
    private var revokedCount = 0
    private var deleted: DeletedKeys
    /// Keys that are not revoked.
    package private(set) var liveCount: Int

    package init(_ snapshot: KeySnapshot) {
        settled = Dictionary(minimumCapacity: snapshot.keys.count + snapshot.revoked.count)
        for entry in snapshot.revoked { settled[entry.id] = LiveKey(revokedIn: entry.account) }
        for entry in snapshot.keys { settled[entry.key.id] = LiveKey(entry.key, of: entry.account) }
        liveCount = snapshot.keys.count
        revokedCount = snapshot.revoked.count
        deleted = DeletedKeys(snapshot.compacted)
        settleIfGrown()
    }

    /// Keys that are here with more than a fingerprint, some of them deleted.
    var fullEntryCount: Int { settled.count + recent.count }

    package subscript(id: KeyID) -> LiveKey? {
        entry(id) ?? deleted.account(of: id).map { LiveKey(revokedIn: $0) }
    }

    private func entry(_ id: KeyID) -> LiveKey? {
        recent[id] ?? settled[id]
    }

    /// Adds a key. Ids are never given twice and a deleted key does not come back, so a change that is heard of twice, or
    /// after a later one of the same key, changes nothing.
    package mutating func add(_ key: StoredPublicKey, of account: AccountID) {
        guard self[key.id] == nil else { return }
        recent[key.id] = LiveKey(key, of: account)
        liveCount += 1
        settleIfGrown()
    }

    /// Revokes a key, known or not.
    package mutating func revoke(_ id: KeyID, of account: AccountID) {
        if let key = entry(id) {
            guard !key.isRevoked else { return }
            key.revoke()
            liveCount -= 1
        } else {
            guard deleted.account(of: id) == nil else { return }
            recent[id] = LiveKey(revokedIn: account)
        }
        revokedCount += 1
        settleIfGrown()
    }

    /// Revokes keys of which nothing but fingerprints has come: this node was behind when they were compacted.
    package mutating func revoke(_ fingerprints: [KeyFingerprint], of account: AccountID) throws(StoreError) {
        let gone = Set(fingerprints)
        for (id, key) in settled.merging(recent, uniquingKeysWith: { $1 }) where !key.isRevoked {
            if gone.contains(try KeyFingerprint(of: id)) { revoke(id, of: key.account) }
        }
        for fingerprint in fingerprints { deleted.insert(fingerprint, of: account) }
    }

    /// Forgets the id of a deleted key.
    package mutating func release(_ id: KeyID, of account: AccountID) throws(StoreError) {
        deleted.remove(try KeyFingerprint(of: id))
        guard let key = entry(id) else { return }
        if key.isRevoked {
            revokedCount -= 1
        } else {
            // Kept verdicts end with it.
            key.revoke()
            liveCount -= 1
        }
        recent[id] = nil
        settled[id] = nil
    }

    /// Takes over what a store holds that may have lost changes: no deletion is taken back.
    package mutating func replace(with snapshot: KeySnapshot) {
        let held = Set(snapshot.keys.map(\.key.id))
        for (id, key) in settled.merging(recent, uniquingKeysWith: { $1 }) where !held.contains(id) {
            revoke(id, of: key.account)
        }
        for entry in snapshot.revoked { revoke(entry.id, of: entry.account) }
        for (fingerprint, account) in snapshot.compacted { deleted.insert(fingerprint, of: account) }
        for entry in snapshot.keys { add(entry.key, of: entry.account) }
    }

    /// Copies the large tables, so this must be rare: they have to grow by a part of themselves in between.
    private mutating func settleIfGrown() {
        let most = max(256, (settled.count + deleted.count) / 64)
        guard recent.count > most || revokedCount > most else { return }
        settled.merge(recent) { $1 }
        recent = [:]
        guard revokedCount > most else { return }
        var live: [KeyID: LiveKey] = Dictionary(minimumCapacity: settled.count - revokedCount)
        for (id, key) in settled {
            if key.isRevoked, let fingerprint = try? KeyFingerprint(of: id) {
                deleted.insert(fingerprint, of: key.account)
                revokedCount -= 1
            } else {
                live[id] = key
            }
        }
        settled = live
    }
}
