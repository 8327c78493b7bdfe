internal import GRDB
internal import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``AuditLog``.
    public func append(_ event: AuditEvent) async throws(StoreError) {
        try await write { db in try db.append(event) }
    }

    /// See ``AuditLog``.
    public func audit(after sequence: Int64, limit: Int) async throws(StoreError) -> [RecordedEvent] {
        try await read { db in try db.events(after: sequence, limit: limit) }
    }
}

extension Database {
    /// Adds the event in the transaction of the change it belongs to.
    func append(_ event: AuditEvent) throws {
        try append([event])
    }

    /// Adds the events in the transaction of the changes they belong to.
    func append(_ events: [AuditEvent]) throws {
        let last = try row(
            "SELECT sequence, digest FROM audit_event ORDER BY sequence DESC LIMIT 1"
        ) { row throws(StoreError) in (sequence: try row.integer(), digest: try row.bytes()) }
        var (sequence, digest) = last ?? (0, AuditChain.start)
        for event in events {
            let recorded = try AuditChain.record(event, sequence: sequence + 1, after: digest)
            try insert(recorded)
            (sequence, digest) = (recorded.sequence, recorded.digest)
        }
    }

    func events(after sequence: Int64, limit: Int) throws -> [RecordedEvent] {
        try rows(
            "SELECT \(RecordedEvent.columns) FROM audit_event WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            [.integer(sequence), .limit(limit)]
        ) { row throws(StoreError) in try RecordedEvent(&row) }
    }

    func insert(_ event: RecordedEvent) throws {
        try run(
            "INSERT INTO audit_event (\(RecordedEvent.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", event.values)
    }
}
