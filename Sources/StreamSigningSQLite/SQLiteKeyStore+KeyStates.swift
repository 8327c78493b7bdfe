internal import GRDB
public import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``KeyStateStore``.
    public func details(of id: KeyID, in account: AccountID) async throws(StoreError) -> KeyDetails? {
        try await read { db in
            try db.row(KeyDetails.selection() + " AND id = $2", [.account(account), .id(id)]) {
                row throws(StoreError) in
                try KeyDetails(&row)
            }
        }
    }

    /// See ``KeyStateStore``.
    public func details(in account: AccountID) async throws(StoreError) -> [KeyDetails] {
        try await read { db in
            try db.rows(KeyDetails.selection() + " ORDER BY position", [.account(account)]) { row throws(StoreError) in
                try KeyDetails(&row)
            }
        }
    }

    /// See ``KeyStateStore``.
    public func update(
        _ id: KeyID, of account: AccountID, by update: KeyUpdate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (key: KeyDetails, number: ChangeNumber?) {
        try await write { db in
            let present = try db.row(KeyStateRow.selection, [.account(account), .id(id)]) { row throws(StoreError) in
                try KeyStateRow(&row)
            }
            guard let present else { throw StoreError(.notFound, "the account has no key of that id") }
            let key = try present.updated(by: update, at: time)
            guard key != present.details else { return (key, nil) }
            let isNews = key.state.differsInUse(from: present.details.state)
            let number = try isNews ? db.recordChange(.state(key.state, of: id), of: account, at: time) : nil
            if isNews, let former = present.change { try db.forget(EndedChanges([former]), at: time) }
            try db.insert(key.state, of: present.position, change: number ?? present.change)
            try db.append(audit)
            return (key, number)
        }
    }
}

extension Database {
    /// Writes the state of the key at a position.
    func insert(_ state: KeyState, of position: Int64, change: ChangeNumber?) throws {
        try run(
            """
            INSERT INTO key_state (key, name, enabled, expires, change) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (key) DO UPDATE
            SET name = excluded.name, enabled = excluded.enabled, expires = excluded.expires, change = excluded.change
            """,
            [
                .integer(position), .text(state.name), .integer(state.isEnabled ? 1 : 0), .time(state.expires),
                .integer(change?.rawValue),
            ])
    }

    /// Forgets the state of a key that is deleted.
    func removeState(of position: Int64, at time: NumericDate) throws {
        let change = try row("DELETE FROM key_state WHERE key = $1 RETURNING change", [.integer(position)]) {
            row throws(StoreError) in try row.optional { row throws(StoreError) in try row.changeNumber() }
        }
        if let change = change ?? nil { try forget(EndedChanges([change]), at: time) }
    }

    /// The states of the keys that are not deleted and whose tokens are not let in for ever.
    func keyStates() throws -> [KeyID: KeyState] {
        let states = try rows(KeyStateRow.inUse) { row throws(StoreError) in
            (try row.keyID(), KeyState(isEnabled: try row.bool(), expires: try row.optionalTime()))
        }
        return Dictionary(states) { $1 }
    }
}
