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
        let packed = try AuditSegment.events(after: sequence, limit: limit) { sequence in
            try rows(AuditSegment.selection, [.integer(sequence)]) { row throws(StoreError) in
                try AuditSegment.Linked(&row)
            }
        }
        return try packed
            + rows(
                "SELECT \(RecordedEvent.columns) FROM audit_event WHERE sequence > $1 ORDER BY sequence LIMIT $2",
                [.integer(packed.last?.sequence ?? sequence), .limit(limit - packed.count)]
            ) { row throws(StoreError) in try RecordedEvent(&row) }
    }

    /// The oldest events, packed; nil if there are not enough of them.
    func nextSegment(_ limits: CompactionLimits) throws -> AuditSegment? {
        let last = try row("SELECT max(sequence) FROM audit_event") { row throws(StoreError) in
            try row.optional { row throws(StoreError) in try row.integer() }
        }
        guard let first = try firstEvent(), let last = last ?? nil,
            last - first >= limits.eventsAtATime + max(1, limits.recentEvents) - 1
        else { return nil }
        let previous = try row("SELECT digest FROM audit_segment WHERE last = $1", [.integer(first - 1)]) {
            row throws(StoreError) in try row.bytes()
        }
        let events = try rows(
            "SELECT \(RecordedEvent.columns) FROM audit_event ORDER BY sequence LIMIT $1",
            [.limit(limits.eventsAtATime)]
        ) { row throws(StoreError) in try RecordedEvent(&row) }
        return try AuditSegment(events, after: previous ?? AuditChain.start)
    }

    /// Puts a segment in the place of its events.
    /// - Returns: whether they were still there: another process may have packed them in between.
    func replaceEvents(by segment: AuditSegment) throws -> Bool {
        guard try firstEvent() == segment.first else { return false }
        try run("INSERT INTO audit_segment (\(AuditSegment.columns)) VALUES ($1, $2, $3, $4)", segment.values)
        try run("DELETE FROM audit_event WHERE sequence <= $1", [.integer(segment.last)])
        return true
    }

    /// The number of the first event that is not packed; nil if there is none.
    private func firstEvent() throws -> Int64? {
        try row("SELECT min(sequence) FROM audit_event") { row throws(StoreError) in
            try row.optional { row throws(StoreError) in try row.integer() }
        } ?? nil
    }

    func insert(_ event: RecordedEvent) throws {
        try run(
            "INSERT INTO audit_event (\(RecordedEvent.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", event.values)
    }
}
