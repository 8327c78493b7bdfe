package import StreamSigning

/// The keys and revocations that changes lead to, from the first change on. It accepts what a sound store can hold, and nothing
/// else.
package struct KeyHistory {
    package private(set) var sequence = ChangeSequence(after: ChangeNumber(rawValue: 0))
    package private(set) var live: [KeyID: KeySnapshot.Entry] = [:]
    package private(set) var revoked: [KeyID: AccountID] = [:]
    package private(set) var compacted = CompactedKeys()
    /// The live keys by the fingerprints of their ids: a compaction during the reading may be all that tells of their end.
    private var fingerprints: [KeyFingerprint: KeyID] = [:]
    package private(set) var states: [KeyID: KeyState] = [:]
    private var revocations = RevocationSets()

    /// Before the first change.
    package init() {}

    package var number: ChangeNumber { sequence.number }

    /// Applies the changes that come next.
    /// - Throws: ``StoreError``: `corrupt` if one cannot follow those before it.
    package mutating func apply(_ changes: [StoreChange]) throws(StoreError) {
        for change in changes {
            try sequence.append(change)
            try change.apply(to: &self)
        }
    }

    /// - Throws: ``StoreError``: `corrupt` if a change was missing.
    package func requireComplete() throws(StoreError) {
        try sequence.requireComplete()
    }

    package mutating func snapshot() -> KeySnapshot {
        KeySnapshot(
            number: number, keys: live.values.map { $0 }, revoked: revoked.map { ($0.value, $0.key) },
            compacted: compacted.accounts, revocations: revocations.finish(), states: states)
    }
}

extension KeyHistory: ChangeReceiver {
    package mutating func add(_ key: StoredPublicKey, of account: AccountID) throws(StoreError) {
        let fingerprint = try KeyFingerprint(of: key.id)
        guard live.updateValue((account, key), forKey: key.id) == nil, revoked[key.id] == nil,
            compacted.accounts[fingerprint] == nil
        else {
            throw StoreError(.corrupt, "change \(number.rawValue) adds the key \(key.id), which was there")
        }
        fingerprints[fingerprint] = key.id
    }

    package mutating func revoke(_ id: KeyID, of account: AccountID) throws(StoreError) {
        guard live.removeValue(forKey: id)?.account == account else {
            throw StoreError(.corrupt, "change \(number.rawValue) deletes the key \(id), which was not there")
        }
        fingerprints[try KeyFingerprint(of: id)] = nil
        revoked[id] = account
        states[id] = nil
    }

    package mutating func set(_ state: KeyState, of id: KeyID, in account: AccountID) throws(StoreError) {
        guard live[id]?.account == account else {
            throw StoreError(.corrupt, "change \(number.rawValue) is about the key \(id), which was not there")
        }
        states[id] = state == KeyState() ? nil : state
    }

    package mutating func add(_ revocation: Revocation, of account: AccountID) {
        revocations.add(revocation, of: account)
    }

    package mutating func lift(_ revocation: Revocation, of account: AccountID) {
        revocations.lift(revocation, of: account)
    }

    package mutating func revoke(_ fingerprints: [KeyFingerprint], of account: AccountID) throws(StoreError) {
        for fingerprint in fingerprints {
            guard let id = self.fingerprints.removeValue(forKey: fingerprint) else { continue }
            live[id] = nil
            states[id] = nil
        }
        compacted.revoke(fingerprints, of: account)
    }

    package mutating func release(_ id: KeyID, of account: AccountID) throws(StoreError) {
        guard live[id] == nil else {
            throw StoreError(.corrupt, "change \(number.rawValue) frees the id \(id), which is in use")
        }
        revoked[id] = nil
        try compacted.release(id, of: account)
    }
}
