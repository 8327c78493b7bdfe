public import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``KeyStateStore``.
    public func details(of id: KeyID, in account: AccountID) async throws(StoreError) -> KeyDetails? {
        try await read { connection, deadline in
            try connection.run(Self.one, [.account(account), .id(id)], by: deadline)
                .first { row throws(StoreError) in try KeyDetails(&row) }
        }
    }

    /// See ``KeyStateStore``.
    public func details(in account: AccountID) async throws(StoreError) -> [KeyDetails] {
        try await read { connection, deadline in
            try connection.run(Self.all, [.account(account)], by: deadline)
                .map { row throws(StoreError) in try KeyDetails(&row) }
        }
    }

    /// See ``KeyStateStore``.
    public func update(
        _ id: KeyID, of account: AccountID, by update: KeyUpdate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (key: KeyDetails, number: ChangeNumber?) {
        try await write { transaction in
            let present = try transaction.read(Self.changeable, [.account(account), .id(id)])
                .first { row throws(StoreError) in try KeyStateRow(&row) }
            guard let present else { throw StoreError(.notFound, "the account has no key of that id") }
            let key = try present.updated(by: update, at: time)
            guard key != present.details else { return (key, nil) }
            let isNews = key.state.differsInUse(from: present.details.state)
            let number =
                try isNews ? transaction.record([.state(key.state, of: id)], of: account, at: time).first : nil
            if isNews, let former = present.change { try transaction.forget(EndedChanges([former]), at: time) }
            try transaction.insert(key.state, of: present.position, change: number ?? present.change)
            try transaction.append(audit)
            return (key, number)
        }
    }

    /// The states of the keys that are not deleted and whose tokens are not let in for ever.
    static func keyStates(
        _ connection: PostgreSQLConnection, by deadline: Deadline
    ) throws -> [KeyID: KeyState] {
        let states = try connection.run(inUse, by: deadline).map { row throws(StoreError) in
            (try row.keyID(), KeyState(isEnabled: try row.bool(), expires: try row.optionalTime()))
        }
        return Dictionary(states) { $1 }
    }

    private static let one = PreparedStatement("key_details", KeyDetails.selection() + " AND id = $2")
    private static let all = PreparedStatement("all_key_details", KeyDetails.selection() + " ORDER BY position")
    private static let changeable = PreparedStatement("changeable_key", KeyStateRow.selection)
    private static let inUse = PreparedStatement("key_states", KeyStateRow.inUse)
}

extension WriteTransaction {
    /// Writes the state of the key at a position.
    func insert(_ state: KeyState, of position: Int64, change: ChangeNumber?) throws {
        try write(
            .insertKeyState,
            [
                .integer(position), .text(state.name), .integer(state.isEnabled ? 1 : 0), .time(state.expires),
                .integer(change?.rawValue),
            ])
    }

    /// Forgets the state of a key that is deleted.
    func removeState(of position: Int64, at time: NumericDate) throws {
        let change = try write(.removeKeyState, [.integer(position)]).first { row throws(StoreError) in
            try row.optional { row throws(StoreError) in try row.changeNumber() }
        }
        if let change = change ?? nil { try forget(EndedChanges([change]), at: time) }
    }
}

extension PreparedStatement {
    fileprivate static let insertKeyState = PreparedStatement(
        "insert_key_state",
        """
        INSERT INTO key_state (key, name, enabled, expires, change) VALUES ($1, $2, $3::bigint = 1, $4, $5)
        ON CONFLICT (key) DO UPDATE
        SET name = excluded.name, enabled = excluded.enabled, expires = excluded.expires, change = excluded.change
        """)
    fileprivate static let removeKeyState = PreparedStatement(
        "remove_key_state", "DELETE FROM key_state WHERE key = $1 RETURNING change")
}
