package import StreamSigning

/// What changes are applied to: whatever follows a store.
package protocol ChangeReceiver {
    /// Trusts a key from now on.
    mutating func add(_ key: StoredPublicKey, of account: AccountID) throws(StoreError)

    /// Trusts a key no longer.
    mutating func revoke(_ id: KeyID, of account: AccountID) throws(StoreError)

    /// Trusts keys no longer, if they are trusted at all, of which nothing is known but their ids' fingerprints.
    mutating func revoke(_ fingerprints: [KeyFingerprint], of account: AccountID) throws(StoreError)

    /// Forgets the id of a deleted key, which another key may have from now on.
    mutating func release(_ id: KeyID, of account: AccountID) throws(StoreError)

    /// Lets a key's tokens in as a state says.
    mutating func set(_ state: KeyState, of id: KeyID, in account: AccountID) throws(StoreError)

    /// Refuses tokens of a good key from now on.
    mutating func add(_ revocation: Revocation, of account: AccountID) throws(StoreError)

    /// Refuses them no longer.
    mutating func lift(_ revocation: Revocation, of account: AccountID) throws(StoreError)
}
