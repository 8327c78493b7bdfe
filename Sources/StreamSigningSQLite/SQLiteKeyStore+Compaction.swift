internal import GRDB
public import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``CompactingStore``.
    public func compact(_ limits: CompactionLimits) async throws(StoreError) -> Bool {
        let confirmed = localNodes.live().map(\.number).min()
        let areKeysDone = try await write { db in
            let start = try db.compactedChange()
            let end = start + Int64(limits.changesAtATime)
            let last = try db.lastChange()
            guard end <= min(last, confirmed ?? last).rawValue - Int64(max(1, limits.recentChanges)) else {
                return false
            }
            try db.compactKeys(after: start, through: end)
            return true
        }
        let isDone = if areKeysDone { true } else { try await packEvents(limits) }
        if isDone { noteCompaction() } else { await trimLogIfDue() }
        return isDone
    }

    /// Packs the oldest events of the audit log. What takes long is done before the transaction, in which nobody else writes.
    /// - Returns: whether there were enough of them.
    private func packEvents(_ limits: CompactionLimits) async throws(StoreError) -> Bool {
        guard let segment = try await read({ db in try db.nextSegment(limits) }) else { return false }
        return try await write { db in try db.replaceEvents(by: segment) }
    }

    /// See ``KeyIDRegistry``.
    public func holder(of id: KeyID) async throws(StoreError) -> KeyIDHolder? {
        try await read { db in
            if let holder = try db.holderOfRow(id) { return holder }
            let account = try db.compactedKeys().accounts[KeyFingerprint(of: id)]
            return account.map { KeyIDHolder(account: $0, isDeleted: true) }
        }
    }

    /// See ``KeyIDRegistry``.
    public func release(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        let fingerprint = try KeyFingerprint(of: id)
        return try await write { db in
            if let holder = try db.holderOfRow(id) {
                guard holder.isDeleted else { throw StoreError.idInUse }
                // Its row has the id, so the key is to be compacted first, and all that were deleted before it.
                try db.compactKeys(after: db.compactedChange(), through: db.lastChange().rawValue)
            }
            guard try db.compactedKeys().accounts[fingerprint] == account else { throw StoreError.idNotHeld }
            try db.run("DELETE FROM compacted_key WHERE fingerprint = $1", [.fingerprint(fingerprint)])
            try db.run("UPDATE compacted_count SET keys = keys - 1 WHERE account = $1", [.account(account)])
            let number = try db.recordChange(.released(id), of: account, at: time)
            try db.append(audit)
            return number
        }
    }
}

extension Database {
    /// Every change up to this one was looked at.
    func compactedChange() throws -> Int64 {
        try row("SELECT change_number FROM compaction") { row throws(StoreError) in try row.integer() } ?? 0
    }

    /// - Parameters:
    ///   - start: the last change that was looked at.
    ///   - end: the last change to look at.
    func compactKeys(after start: Int64, through end: Int64) throws {
        let deleted = try rows(KeyCompaction.selection, [.integer(start), .integer(end)]) { row throws(StoreError) in
            try KeyCompaction.Row(&row)
        }
        let compaction = try KeyCompaction(deleted)
        var count = 0
        for key in deleted {
            try run("DELETE FROM change WHERE key = $1", [.integer(key.position)])
            count += changesCount
            try run("DELETE FROM signing_key WHERE position = $1", [.integer(key.position)])
        }
        for fingerprint in compaction.fingerprints { try insert(fingerprint) }
        for count in compaction.counts { try addCompacted(count.keys, of: count.account) }
        if let change = compaction.change(for: count) { try insert(change) { _ in nil } }
        try run("UPDATE compaction SET change_number = $1", [.integer(end)])
    }

    /// Two keys whose fingerprints are the same by chance share one.
    func insert(_ fingerprint: KeyFingerprint) throws {
        try run("INSERT OR IGNORE INTO compacted_key VALUES ($1)", [.fingerprint(fingerprint)])
    }

    func addCompacted(_ keys: Int64, of account: AccountID) throws {
        try run(
            """
            INSERT INTO compacted_count VALUES ($1, $2)
            ON CONFLICT (account) DO UPDATE SET keys = keys + excluded.keys
            """, [.account(account), .integer(keys)])
    }

    /// What the changes tell of keys that were compacted.
    func compactedKeys() throws -> CompactedKeys {
        try CompactedKeys(
            rows(StoreChange.selectionOfCompacted) { row throws(StoreError) in try StoreChange(&row) })
    }

    func holderOfRow(_ id: KeyID) throws -> KeyIDHolder? {
        try row("SELECT account, revoked IS NOT NULL FROM signing_key WHERE id = $1", [.id(id)]) {
            row throws(StoreError) in KeyIDHolder(account: try row.account(), isDeleted: try row.bool())
        }
    }
}
