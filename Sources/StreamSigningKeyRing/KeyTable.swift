import StreamSigning
import StreamSigningStore

/// All live keys and tombstones by id: an immutable value, swapped as a whole. Revocations that come with the changes of keys are
/// collected beside them.
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
        number = snapshot.number
    }

    package subscript(id: KeyID) -> LiveKey? {
        recent[id] ?? settled[id]
    }

    /// Adds a key. Ids are never given twice and a deleted key does not come back, so a change that is heard of twice, or
    /// after a later one of the same key, changes nothing.
    package mutating func add(_ key: StoredPublicKey, of account: AccountID) {
        guard self[key.id] == nil else { return }
        insert(LiveKey(key, of: account, revocations[account]), as: key.id)
        liveCount += 1
    }

    /// Revokes a key, known or not.
    package mutating func revoke(_ id: KeyID, of account: AccountID) {
        guard let key = self[id] else {
            return insert(LiveKey(revokedIn: account, revocations[account]), as: id)
        }
        guard !key.isRevoked else { return }
        key.revoke()
        liveCount -= 1
        changed.insert(account)
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
        guard recent.count > max(256, settled.count / 64) else { return }
        settled.merge(recent) { $1 }
        recent = [:]
    }
}
