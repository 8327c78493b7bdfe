internal import StreamSigning

extension StoreArchive {
    /// Looks whether everything fits together.
    /// - Throws: ``StoreError``: `corrupt` with the first thing that does not.
    public func check() throws(StoreError) {
        try checkChanges()
        try checkKeys()
        try checkLog()
    }

    /// The changes, one after another, must lead to the keys that are there: it is what nodes have followed.
    private func checkChanges() throws(StoreError) {
        var live: [KeyID: AccountID] = [:]
        var revoked: [KeyID: AccountID] = [:]
        for (index, change) in changes.enumerated() {
            guard change.number.rawValue == Int64(index) + 1 else {
                throw StoreError(.corrupt, "the change \(index + 1) is missing")
            }
            switch change.kind {
            case .added(let key):
                guard live.updateValue(change.account, forKey: key.id) == nil, revoked[key.id] == nil else {
                    throw StoreError(.corrupt, "the change \(index + 1) adds the key \(key.id), which was there")
                }
            case .revoked(let id):
                guard let account = live.removeValue(forKey: id), account == change.account else {
                    throw StoreError(.corrupt, "the change \(index + 1) deletes the key \(id), which was not there")
                }
                revoked[id] = account
            }
        }
        for key in keys {
            let owner =
                key.revoked == nil ? live.removeValue(forKey: key.key.id) : revoked.removeValue(forKey: key.key.id)
            guard owner == key.account else {
                throw StoreError(.corrupt, "the changes do not lead to the key \(key.key.id)")
            }
        }
        guard live.isEmpty, revoked.isEmpty else { throw StoreError(.corrupt, "keys are missing that were added") }
    }

    private func checkKeys() throws(StoreError) {
        var owners: Set<AccountID> = []
        for key in keys {
            guard (try? key.key.verificationKey()) != nil else {
                throw StoreError(.corrupt, "the key \(key.key.id) cannot be read")
            }
            guard key.sealed == nil || key.sealed?.masterKeyID == masterKeyID else {
                throw StoreError(.corrupt, "the key \(key.key.id) is sealed under another master key than the store's")
            }
            guard key.origin == .service, key.revoked == nil else { continue }
            guard owners.insert(key.account).inserted else {
                throw StoreError(.corrupt, "the account \(key.account) has two service keys")
            }
        }
    }

    private func checkLog() throws(StoreError) {
        let broken: Int64?
        do throws(KeyError) {
            broken = try AuditChain.firstBreak(in: events, after: nil)
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
        guard let broken else { return }
        throw StoreError(
            .corrupt,
            "event \(broken) of the audit log does not fit those before it: it, or one before it, was changed or removed"
        )
    }
}
