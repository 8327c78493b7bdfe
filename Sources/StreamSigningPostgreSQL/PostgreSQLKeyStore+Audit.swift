internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``KeyStore``.
    public func append(_ event: AuditEvent) async throws(StoreError) {
        try await write { transaction in try transaction.append(event) }
    }

    /// See ``KeyStore``.
    public func audit(after sequence: Int64, limit: Int) async throws(StoreError) -> [RecordedEvent] {
        try await read { connection, deadline in
            try connection.run(.selectEvents, [.integer(sequence), .limit(limit)], by: deadline)
                .map { row in try RecordedEvent(row) }
        }
    }
}

extension RecordedEvent {
    init(_ row: ResultRow) throws(StoreError) {
        let account = try row.optional(4, row.account)
        self.init(
            sequence: try row.integer(0),
            event: AuditEvent(
                time: try row.time(2), action: try row.word(3), account: account,
                subject: try row.optional(5, row.text), actor: try row.text(6),
                address: try row.optional(7, row.text)),
            digest: try row.bytes(1))
    }

    /// For ``PreparedStatement/insertEvent``.
    var parameters: [Parameter] {
        [
            .integer(sequence), .bytes(digest), .time(event.time), .text(event.action.rawValue),
            .text(event.account?.rawValue), .text(event.subject), .text(event.actor), .text(event.address),
        ]
    }
}

extension PreparedStatement {
    static let insertEvent = PreparedStatement(
        "insert_event",
        """
        INSERT INTO audit_event (sequence, digest, time, action, account, subject, actor, address)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)
    static let selectEvents = PreparedStatement(
        "select_events",
        """
        SELECT sequence, digest, time, action, account, subject, actor, address FROM audit_event
        WHERE sequence > $1 ORDER BY sequence LIMIT $2
        """)
}
