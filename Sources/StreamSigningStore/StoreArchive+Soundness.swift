internal import StreamSigning

extension StoreArchive {
    /// Checks that everything fits together.
    /// - Throws: ``StoreError``: `corrupt` with the first thing that does not.
    public func check() throws(StoreError) {
        if let first = try faults().first { throw StoreError(.corrupt, first) }
    }

    /// Everything that does not fit together, a line each.
    /// - Parameter unreadable: ids of keys whose rows could not be read, and which are not missing.
    /// - Throws: ``StoreError``: `unavailable` if OpenSSL fails.
    func faults(unreadable: Set<String> = []) throws(StoreError) -> [String] {
        var faults = ArchiveFaults()
        var history = KeyHistory()
        for change in changes {
            try faults.collect { () throws(StoreError) in try history.apply([change]) }
        }
        try faults.collect { () throws(StoreError) in try history.requireComplete() }
        try faults.collect { () throws(StoreError) in try checkCompacted(history) }
        checkKeys(history, unreadable, &faults)
        checkStates(history, unreadable, &faults)
        try checkRevocations(&faults)
        try faults.collect { () throws(StoreError) in try checkLog() }
        return faults.lines
    }

    /// The changes must lead to the keys that are there: nodes have followed the changes.
    private func checkKeys(_ history: KeyHistory, _ unreadable: Set<String>, _ faults: inout ArchiveFaults) {
        var (live, deleted) = (history.live.mapValues(\.account), history.revoked)
        for key in keys {
            let id = key.key.id
            let owners = (live: live.removeValue(forKey: id), deleted: deleted.removeValue(forKey: id))
            if (key.revoked == nil ? owners.live : owners.deleted) != key.account {
                faults.add("the changes do not lead to \(key.name)")
            }
            if (try? key.key.verificationKey()) == nil { faults.add("\(key.name) cannot be read") }
            if let sealed = key.sealed, sealed.masterKeyID != masterKeyID {
                faults.add("\(key.name) is sealed under another master key than the store's")
            }
        }
        let missing = live.merging(deleted) { live, _ in live }.filter { !unreadable.contains($0.key.rawValue) }
        for (id, account) in missing.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            faults.add("\(account)'s key \(id), which a change added, is missing")
        }
    }

    /// A state that no change says holds on nodes that start from now on, and on no other.
    private func checkStates(_ history: KeyHistory, _ unreadable: Set<String>, _ faults: inout ArchiveFaults) {
        func inUse(_ state: KeyState) -> KeyState { KeyState(isEnabled: state.isEnabled, expires: state.expires) }
        var expected = history.states.mapValues(inUse)
        for stored in keyStates where inUse(stored.state) != expected.removeValue(forKey: stored.id) ?? KeyState() {
            faults.add("the changes do not lead to the state of the key \(stored.id)")
        }
        for id in expected.keys.map(\.rawValue).sorted() where !unreadable.contains(id) {
            faults.add("the state of the key \(id), which a change set, is missing")
        }
        for stored in keyStates where stored.change == nil && inUse(stored.state) != KeyState() {
            faults.add("the key \(stored.id) has a state without a change that says so")
        }
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
        // Each compacted key has left two fingerprints, and each release has removed one.
        let released = changes.count(where: { $0.content.kind == .keyIDReleased })
        guard taken.count == 2 * history.compacted.accounts.count + released else {
            throw StoreError(.corrupt, "the fingerprints of deleted keys are others than their compaction has left")
        }
    }

    /// As for keys. A change says nothing of the reason.
    private func checkRevocations(_ faults: inout ArchiveFaults) throws(StoreError) {
        var expected: [RevocationID: StoredRevocation] = [:]
        for change in changes {
            try faults.collect { () throws(StoreError) in try Self.follow(change, &expected) }
        }
        for stored in revocations where expected.removeValue(forKey: stored.revocation.id) != stored.withoutReason {
            faults.add("the changes do not lead to \(stored.account)'s revocation \(stored.revocation.id)")
        }
        for missing in expected.values.sorted(by: { $0.number < $1.number }) {
            faults.add("\(missing.account)'s revocation \(missing.revocation.id), which a change added, is missing")
        }
    }

    private static func follow(
        _ change: StoreChange, _ expected: inout [RevocationID: StoredRevocation]
    ) throws(StoreError) {
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
        default: break
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

extension StoreArchive.Key {
    /// How a line for people names it.
    var name: String { "\(account)'s key \(key.id)" }
}

extension StoredRevocation {
    fileprivate var withoutReason: StoredRevocation {
        StoredRevocation(number: number, account: account, revocation: revocation.withoutReason, lifted: lifted)
    }
}
