import StreamSigning
import StreamSigningStore

/// All live keys and tombstones by id: an immutable value, swapped as a whole. Revocations that come with the changes of keys are
/// collected beside them.
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
    /// Accounts whose keys have changed since the table was last asked.
    private var changed: Set<AccountID> = []
    /// All changes up to this one are in.
    private var number: ChangeNumber
    let revocations: RevocationRegistry
    private var edits = RevocationEdits()
    /// What was lifted on this node, by the number of that change: the node comes across the addition only later, when it follows
    /// the store, and must not take it for news.
    private var lifted: [RevocationID: ChangeNumber] = [:]
    /// The keys whose state was set on this node, for the same reason.
    private var states: [KeyID: ChangeNumber] = [:]

    package init(_ snapshot: KeySnapshot) {
        settled = Dictionary(minimumCapacity: snapshot.keys.count + snapshot.revoked.count)
        revocations = RevocationRegistry(snapshot.revocations)
        for entry in snapshot.revoked {
            settled[entry.id] = LiveKey(revokedIn: entry.account, revocations[entry.account])
        }
        for entry in snapshot.keys {
            settled[entry.key.id] = LiveKey(entry.key, of: entry.account, revocations[entry.account])
        }
        for (id, state) in snapshot.states { settled[id]?.set(state) }
        liveCount = snapshot.keys.count
        revokedCount = snapshot.revoked.count
        deleted = DeletedKeys(snapshot.compacted)
        number = snapshot.number
        settleIfGrown()
    }

    /// Keys that are here with more than a fingerprint, some of them deleted.
    var fullEntryCount: Int { settled.count + recent.count }

    package subscript(id: KeyID) -> LiveKey? {
        entry(id) ?? deleted.account(of: id).map { LiveKey(revokedIn: $0, revocations[$0]) }
    }

    private func entry(_ id: KeyID) -> LiveKey? {
        recent[id] ?? settled[id]
    }

    /// Adds a key. Ids are never given twice and a deleted key does not come back, so a change that is heard of twice, or
    /// after a later one of the same key, changes nothing.
    package mutating func add(_ key: StoredPublicKey, of account: AccountID) {
        guard self[key.id] == nil else { return }
        insert(LiveKey(key, of: account, revocations[account]), as: key.id)
        liveCount += 1
        settleIfGrown()
    }

    /// Revokes a key, known or not.
    package mutating func revoke(_ id: KeyID, of account: AccountID) {
        if let key = entry(id) {
            guard !key.isRevoked else { return }
            key.revoke()
            liveCount -= 1
            changed.insert(account)
        } else {
            guard deleted.account(of: id) == nil else { return }
            insert(LiveKey(revokedIn: account, revocations[account]), as: id)
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
            changed.insert(key.account)
        }
        recent[id] = nil
        settled[id] = nil
    }

    /// Lets a key's tokens in as a state says, unless this node has set it since.
    package mutating func set(_ state: KeyState, of id: KeyID, in account: AccountID) {
        guard states[id] == nil, let key = self[id], key.account == account else { return }
        key.set(state)
        changed.insert(account)
    }

    /// Adds a revocation, unless it was lifted here since.
    package mutating func add(_ revocation: Revocation, of account: AccountID) {
        guard lifted[revocation.id] == nil else { return }
        edits.add(revocation, of: account)
    }

    /// Lifts a revocation, known or not.
    package mutating func lift(_ revocation: Revocation, of account: AccountID) {
        edits.lift(revocation, of: account)
    }

    /// Lets a key's tokens in as this node has stored it, unless it has come across a later change already.
    mutating func set(_ state: KeyState, of id: KeyID, in account: AccountID, at number: ChangeNumber) {
        guard number > self.number else { return }
        states[id] = nil
        set(state, of: id, in: account)
        states[id] = number
    }

    /// Adds revocations that this node has stored, unless it came across them already: then they may have been lifted since.
    mutating func add(_ revocations: [Revocation], of account: AccountID, at number: ChangeNumber) {
        guard number > self.number else { return }
        for revocation in revocations { add(revocation, of: account) }
    }

    /// Lifts a revocation that this node has lifted in the store.
    mutating func lift(_ revocation: Revocation, of account: AccountID, at number: ChangeNumber) {
        guard number > self.number else { return }
        lifted[revocation.id] = number
        lift(revocation, of: account)
    }

    /// Notes that all changes before a number are in, and that one comes next.
    mutating func advance(to number: ChangeNumber) {
        self.number = number
        if !lifted.isEmpty { lifted = lifted.filter { $0.value > number } }
        if !states.isEmpty { states = states.filter { $0.value > number } }
    }

    /// Puts into force what was collected.
    mutating func publishRevocations() {
        guard edits.count > 0 else { return }
        revocations.apply(edits)
        edits = RevocationEdits()
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
        for (fingerprint, account) in snapshot.compacted { deleted.insert(fingerprint, of: account) }
        for entry in snapshot.keys { add(entry.key, of: entry.account) }
        states = [:]
        for entry in snapshot.keys {
            set(snapshot.states[entry.key.id] ?? KeyState(), of: entry.key.id, in: entry.account)
        }
        number = snapshot.number
        lifted = [:]
        revocations.join(snapshot.revocations)
    }

    private mutating func insert(_ key: LiveKey, as id: KeyID) {
        changed.insert(key.account)
        recent[id] = key
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
