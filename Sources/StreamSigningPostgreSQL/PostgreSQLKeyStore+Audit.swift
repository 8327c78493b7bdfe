internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``AuditLog``.
    public func append(_ event: AuditEvent) async throws(StoreError) {
        try await write { transaction in try transaction.append(event) }
    }

    /// See ``AuditLog``.
    public func audit(after sequence: Int64, limit: Int) async throws(StoreError) -> [RecordedEvent] {
        // In one snapshot, for an event may go from its row into a segment in between.
        try await readSnapshot { connection, deadline in
            try connection.events(after: sequence, limit: limit, by: deadline)
        }
    }
}

extension PostgreSQLConnection {
    func events(after sequence: Int64, limit: Int, by deadline: Deadline) throws -> [RecordedEvent] {
        let packed = try AuditSegment.events(after: sequence, limit: limit) { sequence in
            try run(.selectSegments, [.integer(sequence)], by: deadline)
                .map { row throws(StoreError) in try AuditSegment.Linked(&row) }
        }
        let after = packed.last?.sequence ?? sequence
        return try packed
            + run(.selectEvents, [.integer(after), .limit(limit - packed.count)], by: deadline)
            .map { row throws(StoreError) in try RecordedEvent(&row) }
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
