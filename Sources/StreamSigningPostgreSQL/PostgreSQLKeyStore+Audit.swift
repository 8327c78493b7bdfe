internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``AuditLog``.
    public func append(_ event: AuditEvent) async throws(StoreError) {
        try await write { transaction in try transaction.append(event) }
    }

    /// See ``AuditLog``.
    public func audit(after sequence: Int64, limit: Int) async throws(StoreError) -> [RecordedEvent] {
        try await read { connection, deadline in
            try connection.run(.selectEvents, [.integer(sequence), .limit(limit)], by: deadline)
                .map { row throws(StoreError) in try RecordedEvent(&row) }
        }
    }
}

extension PreparedStatement {
    static let insertEvent = PreparedStatement(
        "insert_event",
        """
        INSERT INTO audit_event (\(RecordedEvent.columns))
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)
    static let selectEvents = PreparedStatement(
        "select_events",
        """
        SELECT \(RecordedEvent.columns) FROM audit_event
        WHERE sequence > $1 ORDER BY sequence LIMIT $2
        """)
}
