import GRDB
internal import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``KeyStore``.
    public func snapshot() async throws(StoreError) -> KeySnapshot {
        try await read { db in
            let number = try Int64.fetchOne(db, sql: "SELECT max(number) FROM key_change") ?? 0
            var keys: [KeySnapshot.Entry] = []
            var revoked: [(account: AccountID, id: KeyID)] = []
            let rows = try Row.fetchCursor(
                db, sql: "SELECT account, id, revoked IS NULL, public_key FROM signing_key ORDER BY position")
            while let row = try rows.next() {
                let account = try row.account(0)
                let id = try row.keyID(1)
                if try row.value(2, as: Bool.self) {
                    keys.append((account, StoredPublicKey(id: id, der: try row.bytes(3))))
                } else {
                    revoked.append((account, id))
                }
            }
            return KeySnapshot(number: ChangeNumber(rawValue: number), keys: keys, revoked: revoked)
        }
    }

    /// See ``KeyStore``.
    public func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> [KeyChange] {
        try await read { db in try KeyChange.fetch(db, after: number.rawValue, limit: limit) }
    }
}

extension KeyChange {
    static func fetch(_ db: Database, after number: Int64, limit: Int) throws -> [KeyChange] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT number, account, id, kind, public_key, CASE kind WHEN 'added' THEN created ELSE revoked END
                    FROM key_change JOIN signing_key ON position = key
                    WHERE number > ? ORDER BY number LIMIT ?
                    """),
            arguments: [number, limit])
        var changes: [KeyChange] = []
        while let row = try rows.next() {
            changes.append(try KeyChange(row))
        }
        return changes
    }

    fileprivate init(_ row: Row) throws(StoreError) {
        let id = try row.keyID(2)
        let kind: Kind
        switch try row.value(3, as: String.self) {
        case "added": kind = .added(StoredPublicKey(id: id, der: try row.bytes(4)))
        case "revoked": kind = .revoked(id)
        default: throw StoreError(.corrupt, "the database holds a change of a kind that this version does not know")
        }
        self.init(
            number: ChangeNumber(rawValue: try row.value(0)), account: try row.account(1), kind: kind,
            time: try row.time(5))
    }

    /// Gives a change its number. SQLite has one writer at a time, so numbers become visible in their order.
    static func record(_ db: Database, kind: String, key: Int64) throws -> ChangeNumber {
        try db.cachedStatement(sql: "INSERT INTO key_change (kind, key) VALUES (?, ?)")
            .execute(arguments: [kind, key])
        return ChangeNumber(rawValue: db.lastInsertedRowID)
    }
}
