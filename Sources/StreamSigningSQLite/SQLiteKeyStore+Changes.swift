internal import GRDB
internal import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``ChangeLog``.
    public func snapshot() async throws(StoreError) -> KeySnapshot {
        try await read { db in
            try SQLiteSchema.requireCurrent(db)
            var keys: [KeySnapshot.Entry] = []
            var revoked: [(account: AccountID, id: KeyID)] = []
            _ = try db.rows(
                "SELECT revoked IS NULL, account, \(StoredPublicKey.columns) FROM signing_key ORDER BY position"
            ) { row throws(StoreError) in
                let (isLive, account) = (try row.bool(), try row.account())
                if isLive {
                    keys.append((account, try row.publicKey()))
                } else {
                    revoked.append((account, try row.keyID()))
                }
            }
            var revocations = try db.revocationSets()
            return KeySnapshot(
                number: try db.lastChange(), keys: keys, revoked: revoked, compacted: try db.compactedKeys().accounts,
                revocations: revocations.finish(), states: try db.keyStates())
        }
    }

    /// See ``ChangeLog``.
    public func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> [StoreChange] {
        try await read { db in try db.changes(after: number, limit: limit) }
    }
}

extension Database {
    func changes(after number: ChangeNumber, limit: Int) throws -> [StoreChange] {
        try rows(
            StoreChange.selection + " WHERE number > $1 ORDER BY number LIMIT $2",
            [.integer(number.rawValue), .limit(limit)]
        ) { row throws(StoreError) in try StoreChange(&row) }
    }

    /// The number of the last change; 0 if there is none.
    func lastChange() throws -> ChangeNumber {
        let last = try row("SELECT coalesce(max(number), 0) FROM change") { row throws(StoreError) in
            try row.changeNumber()
        }
        return last ?? ChangeNumber(rawValue: 0)
    }

    /// Writes a change under the number that it has.
    /// - Parameter position: finds the row of a key.
    func insert(_ change: StoreChange, position: (_ key: String) -> Int64?) throws {
        try run(
            "INSERT INTO change (\(StoreChange.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            change.values(position: position))
    }

    /// Gives a change its number that is not about a key.
    func recordChange(
        _ content: StoreChange.Content, of account: AccountID, at time: NumericDate
    ) throws -> ChangeNumber {
        try run(
            "INSERT INTO change (kind, account, subject, payload, time) VALUES ($1, $2, $3, $4, $5)",
            [
                .text(content.kind.rawValue), .account(account), .text(content.subject), .text(content.payload),
                .time(time),
            ])
        return ChangeNumber(rawValue: lastInsertedRowID)
    }

    /// Gives a change of a key its number. SQLite has one writer at a time, so numbers become visible in their order.
    func recordChange(_ kind: ChangeKind, key position: Int64) throws -> ChangeNumber {
        try run("INSERT INTO change (kind, key) VALUES ($1, $2)", [.text(kind.rawValue), .integer(position)])
        return ChangeNumber(rawValue: lastInsertedRowID)
    }
}
