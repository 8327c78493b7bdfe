internal import StreamSigning

extension StoreArchive {
    /// Checks that everything fits together.
    /// - Throws: ``StoreError``: `corrupt` with the first thing that does not.
    public func check() throws(StoreError) {
        try checkChanges()
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
