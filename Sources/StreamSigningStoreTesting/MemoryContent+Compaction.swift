internal import StreamSigning
import StreamSigningStore

extension MemoryContent {
    func deletedCount(_ account: AccountID) -> Int {
        keys.count { $0.account == account && $0.isRevoked } + compacted.accounts.values.count { $0 == account }
    }

    func fingerprints(_ account: AccountID, _ key: StoredPublicKey) throws(StoreError) -> Set<KeyFingerprint> {
        [
            try KeyFingerprint(of: key.id),
            try KeyFingerprint(ofKey: try Self.thumbprint(key), in: account),
        ]
    }

    /// - Parameter confirmed: the last change that every live node has confirmed; nil if there are none.
    mutating func compact(_ limits: CompactionLimits, confirmed: ChangeNumber?) throws(StoreError) -> Bool {
        let end = compactedChange + Int64(limits.changesAtATime)
        let last = changes.last?.number.rawValue ?? 0
        guard end <= min(last, confirmed?.rawValue ?? last) - Int64(max(1, limits.recentChanges)) else { return false }
        try compactKeys(through: end)
        return true
    }

    private mutating func compactKeys(through end: Int64) throws(StoreError) {
        var rows: [KeyCompaction.Row] = []
        for change in changes where change.number.rawValue > compactedChange && change.number.rawValue <= end {
            guard change.content.kind == .keyRevoked,
                let id = try? KeyID(change.content.subject), let key = keys.first(where: { $0.key.id == id })
            else { continue }
            rows.append(
                KeyCompaction.Row(
                    number: change.number, account: key.account, id: key.key.id,
                    thumbprint: try Self.thumbprint(key.key), revoked: change.time))
        }
        let compaction = try KeyCompaction(rows)
        compactedChange = end
        let ids = Set(rows.map(\.id))
        keys.removeAll { ids.contains($0.key.id) }
        let before = changes.count
        changes.removeAll { change in
            guard change.content.kind.rule?.isAboutKey == true, let id = try? KeyID(change.content.subject) else {
                return false
            }
            return ids.contains(id)
        }
        guard let new = compaction.change(for: before - changes.count) else { return }
        changes.append(new)
        changes.sort { $0.number < $1.number }
        compactedFingerprints.formUnion(compaction.fingerprints)
        try new.apply(to: &compacted)
    }

    func holder(of id: KeyID) throws(StoreError) -> KeyIDHolder? {
        if let key = keys.first(where: { $0.key.id == id }) {
            return KeyIDHolder(account: key.account, isDeleted: key.isRevoked)
        }
        return compacted.accounts[try KeyFingerprint(of: id)].map { KeyIDHolder(account: $0, isDeleted: true) }
    }

    mutating func release(
        _ id: KeyID, of account: AccountID, at time: NumericDate
    ) throws(StoreError) -> ChangeNumber {
        guard let holder = try self.holder(of: id), holder.account == account || !holder.isDeleted else {
            throw StoreError.idNotHeld
        }
        guard holder.isDeleted else { throw StoreError.idInUse }
        try compactKeys(through: changes.last?.number.rawValue ?? 0)
        compactedFingerprints.remove(try KeyFingerprint(of: id))
        try compacted.release(id, of: account)
        return change(account, .released(id), at: NumericDate(microseconds: time.microseconds))
    }

    private static func thumbprint(_ key: StoredPublicKey) throws(StoreError) -> [UInt8] {
        do throws(KeyError) {
            return try key.verificationKey().thumbprintBytes()
        } catch {
            throw StoreError(.corrupt, error.reason)
        }
    }
}
