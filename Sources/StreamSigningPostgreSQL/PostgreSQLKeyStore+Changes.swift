internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``ChangeLog``.
    public func snapshot() async throws(StoreError) -> KeySnapshot {
        try await readSnapshot { connection, deadline in
            // Throws if a newer version has changed the tables.
            _ = try PostgreSQLSchema.missing(connection, by: deadline)
            let number = try connection.run(Self.number, by: deadline)
                .first { row throws(StoreError) in try row.changeNumber() }
            var keys: [KeySnapshot.Entry] = []
            var revoked: [(account: AccountID, id: KeyID)] = []
            try Self.keys.read(connection, by: deadline) { row throws(StoreError) in
                let (isLive, account) = (try row.bool(), try row.account())
                if isLive {
                    keys.append((account, try row.publicKey()))
                } else {
                    revoked.append((account, try row.keyID()))
                }
            }
            let compacted = try CompactedKeys(connection.run(.selectCompacted, by: deadline))
            return KeySnapshot(
                number: number ?? ChangeNumber(rawValue: 0), keys: keys, revoked: revoked,
                compacted: compacted.accounts, revocations: try Self.revocationSets(connection, by: deadline),
                states: try Self.keyStates(connection, by: deadline))
        }
    }

    /// See ``ChangeLog``.
    public func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> [StoreChange] {
        try await read { connection, deadline in
            try connection.run(.selectChanges, [.integer(number.rawValue), .limit(limit)], by: deadline)
                .map { row throws(StoreError) in try StoreChange(&row) }
        }
    }

    /// See ``ChangeLog``.
    public func changeSignals(every interval: Duration) -> AsyncStream<Void> {
        signals.stream(every: interval)
    }

    private static let number = PreparedStatement("change_number", "SELECT change_number FROM store_state")
    private static let keys = PreparedCursor(
        "snapshot_keys",
        """
        SELECT revoked IS NULL, account, id, CASE WHEN revoked IS NULL THEN public_key END,
            \(StoredPublicKey.signsSessionsColumn)
        FROM signing_key ORDER BY position
        """)
}

extension PreparedStatement {
    static let insertChange = PreparedStatement(
        "insert_change", "INSERT INTO change (\(StoreChange.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7)")
    static let selectChanges = PreparedStatement(
        "changes", StoreChange.selection + " WHERE number > $1 ORDER BY number LIMIT $2")
}
