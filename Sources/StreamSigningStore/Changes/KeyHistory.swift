package import StreamSigning

/// The keys and revocations that changes lead to, from the first change on. It accepts what a sound store can hold, and nothing
/// else.
package struct KeyHistory {
    package private(set) var number = ChangeNumber(rawValue: 0)
    package private(set) var live: [KeyID: KeySnapshot.Entry] = [:]
    package private(set) var revoked: [KeyID: AccountID] = [:]
    package private(set) var states: [KeyID: KeyState] = [:]
    private var revocations = RevocationSets()

    /// Before the first change.
    package init() {}

    /// Applies the changes that come next.
    /// - Throws: ``StoreError``: `corrupt` if one is missing, or cannot follow those before it.
    package mutating func apply(_ changes: [StoreChange]) throws(StoreError) {
        for change in changes {
            guard change.follows(number) else {
                throw StoreError(.corrupt, "change \(number.rawValue + 1) is missing")
            }
            number = change.number
            try change.apply(to: &self)
        }
    }

    package mutating func snapshot() -> KeySnapshot {
        KeySnapshot(
            number: number, keys: live.values.map { $0 }, revoked: revoked.map { ($0.value, $0.key) },
            revocations: revocations.finish(), states: states)
    }
}

extension KeyHistory: ChangeReceiver {
    package mutating func add(_ key: StoredPublicKey, of account: AccountID) throws(StoreError) {
        guard live.updateValue((account, key), forKey: key.id) == nil, revoked[key.id] == nil else {
            throw StoreError(.corrupt, "change \(number.rawValue) adds the key \(key.id), which was there")
        }
    }

    package mutating func revoke(_ id: KeyID, of account: AccountID) throws(StoreError) {
        guard live.removeValue(forKey: id)?.account == account else {
            throw StoreError(.corrupt, "change \(number.rawValue) deletes the key \(id), which was not there")
        }
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
}
