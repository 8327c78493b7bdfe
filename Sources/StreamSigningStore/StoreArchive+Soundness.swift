internal import StreamSigning

extension StoreArchive {
    /// Checks that everything fits together.
    /// - Throws: ``StoreError``: `corrupt` with the first thing that does not.
    public func check() throws(StoreError) {
        try checkChanges()
        try checkRevocations()
        try checkKeys()
        try checkLog()
    }

    /// The changes must lead to the keys that are there: nodes have followed the changes.
    private func checkChanges() throws(StoreError) {
        var history = KeyHistory()
        try history.apply(changes)
        try history.requireComplete()
        try checkCompacted(history)
        var live = history.live.mapValues(\.account)
        var revoked = history.revoked
        for key in keys {
            let owner =
                key.revoked == nil ? live.removeValue(forKey: key.key.id) : revoked.removeValue(forKey: key.key.id)
            guard owner == key.account else {
                throw StoreError(.corrupt, "the changes do not lead to the key \(key.key.id)")
            }
        }
        let inUse = keyStates.filter { $0.change != nil && $0.state.differsInUse(from: KeyState()) }
        let expected = history.states.mapValues { KeyState(isEnabled: $0.isEnabled, expires: $0.expires) }
        let stored = Dictionary(
            inUse.map { ($0.id, KeyState(isEnabled: $0.state.isEnabled, expires: $0.state.expires)) }
        ) {
            $1
        }
        guard stored == expected else {
            throw StoreError(.corrupt, "the changes do not lead to the states of the keys")
        }
        guard live.isEmpty, revoked.isEmpty else { throw StoreError(.corrupt, "keys are missing that were added") }
    }

    /// Each compaction has removed as many changes as it says, and taken the number of one of them.
    private func checkCompacted(_ history: KeyHistory) throws(StoreError) {
        var removed: Int64 = 0
        for change in changes where change.content.kind == .keysCompacted {
            let (sum, overflow) = removed.addingReportingOverflow(try KeysCompacted.count(change.content) - 1)
            removed = overflow ? .max : sum
        }
        guard history.sequence.missing == removed else {
            throw StoreError(.corrupt, "other changes are missing than those of compacted keys")
        }
        let taken = Set(compacted)
        guard history.compacted.accounts.keys.allSatisfy(taken.contains) else {
            throw StoreError(.corrupt, "the id of a deleted key is not taken any more")
        }
    }

    /// As ``checkChanges()``, for revocations. A change says nothing of the reason.
    private func checkRevocations() throws(StoreError) {
        var expected: [RevocationID: StoredRevocation] = [:]
        for change in changes {
            switch change.content.kind {
            case .revocationAdded:
                let revocation = try change.content.revocation()
                let added = StoredRevocation(number: change.number, account: change.account, revocation: revocation)
                guard expected.updateValue(added, forKey: revocation.id) == nil else {
                    throw StoreError(.corrupt, "the revocation \(revocation.id) was added twice")
                }
            case .revocationLifted:
                let id = try change.content.revocation().id
                guard let added = expected[id], added.lifted == nil, added.account == change.account else {
                    throw StoreError(.corrupt, "the revocation \(id) was lifted, and was not there")
                }
                expected[id] = added.lifted(by: change.number)
            default: continue
            }
        }
        for stored in revocations {
            guard expected.removeValue(forKey: stored.revocation.id) == stored.withoutReason else {
                throw StoreError(.corrupt, "the changes do not lead to the revocation \(stored.revocation.id)")
            }
        }
        guard expected.isEmpty else { throw StoreError(.corrupt, "revocations are missing that were added") }
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

extension StoredRevocation {
    fileprivate var withoutReason: StoredRevocation {
        StoredRevocation(number: number, account: account, revocation: revocation.withoutReason, lifted: lifted)
    }
}
