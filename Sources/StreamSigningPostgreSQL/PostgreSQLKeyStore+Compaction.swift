internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``CompactingStore``. Nodes do this in turn, and each finds what the one before has left.
    public func compact(_ limits: CompactionLimits) async throws(StoreError) -> Bool {
        let size = limits.changesAtATime
        let (start, confirmed) = try await read { connection, deadline in
            try connection.run(Self.bounds, by: deadline).first { row throws(StoreError) in
                (start: try row.integer(), last: try row.integer())
            } ?? (start: 0, last: 0)
        }
        // Usually there is nothing to do, and nobody's turn to take for it.
        guard start + Int64(size) <= confirmed - Int64(max(1, limits.recentChanges)) else {
            return try await packEvents(limits)
        }
        return try await write(within: Self.compactionTimeout) { transaction in
            // Another node may have been faster.
            guard try transaction.compactedChange() == start else { return true }
            try transaction.compactKeys(after: start, through: start + Int64(size))
            return true
        }
    }

    private func packEvents(_ limits: CompactionLimits) async throws(StoreError) -> Bool {
        let (size, recent) = (limits.eventsAtATime, max(1, limits.recentEvents))
        let count = try await read { connection, deadline in
            try connection.run(Self.unpacked, by: deadline).first { row throws(StoreError) in try row.integer() } ?? 0
        }
        guard count >= size + recent else { return false }
        return try await write(within: Self.compactionTimeout) { transaction in
            let events = try transaction.read(Self.oldestEvents, [.limit(size + recent)])
                .map { row throws(StoreError) in try RecordedEvent(&row) }
            guard let first = events.first?.sequence, events.count == size + recent else { return true }
            let previous = try transaction.read(Self.digest, [.integer(first - 1)])
                .first { row throws(StoreError) in try row.bytes() }
            let segment = try AuditSegment(Array(events.prefix(size)), after: previous ?? AuditChain.start)
            try transaction.write(.insertSegment, segment.values)
            try transaction.write(Self.deleteEvents, [.integer(segment.last)])
            return true
        }
    }

    private static let compactionTimeout: Duration = .seconds(30)

    /// The last change that was looked at, and the last one that every live node has confirmed.
    private static let bounds = PreparedStatement(
        "compaction_bounds",
        """
        SELECT compacted_change,
            least(change_number, (SELECT min(confirmed) FROM node WHERE expires > clock_timestamp()))
        FROM store_state
        """)
    private static let unpacked = PreparedStatement(
        "unpacked_events", "SELECT audit_sequence - coalesce((SELECT max(last) FROM audit_segment), 0) FROM store_state"
    )
    private static let oldestEvents = PreparedStatement(
        "oldest_events", "SELECT \(RecordedEvent.columns) FROM audit_event ORDER BY sequence LIMIT $1")
    private static let digest = PreparedStatement(
        "segment_digest", "SELECT digest FROM audit_segment WHERE last = $1")
    private static let deleteEvents = PreparedStatement(
        "delete_packed_events", "DELETE FROM audit_event WHERE sequence <= $1")
}

extension WriteTransaction {
    /// Every change up to this one was looked at.
    func compactedChange() throws -> Int64 {
        try read(.compactedChange).first { row throws(StoreError) in try row.integer() } ?? 0
    }

    /// - Parameters:
    ///   - start: the last change that was looked at.
    ///   - end: the last change to look at.
    func compactKeys(after start: Int64, through end: Int64) throws {
        let range: [StoredValue] = [.integer(start), .integer(end)]
        let deleted = try read(.compactableKeys, range).map { row throws(StoreError) in try KeyCompaction.Row(&row) }
        let compaction = try KeyCompaction(deleted)
        if !compaction.isEmpty {
            try write(.insertCompactedKeys, range)
            try write(.countCompactedKeys, range)
            let count = try write(.deleteCompactedKeys, range).changed
            if let change = compaction.change(for: count) { try write(.insertChange, change.values { _ in nil }) }
        }
        try write(.setCompactedChange, [.integer(end)])
    }
}

extension PreparedStatement {
    static let insertSegment = PreparedStatement(
        "insert_segment", "INSERT INTO audit_segment (\(AuditSegment.columns)) VALUES ($1, $2, $3, $4)")
    static let selectSegments = PreparedStatement("select_segments", AuditSegment.selection)
    fileprivate static let compactedChange = PreparedStatement(
        "compacted_change", "SELECT compacted_change FROM store_state")
    fileprivate static let setCompactedChange = PreparedStatement(
        "set_compacted_change", "UPDATE store_state SET compacted_change = $1")
    fileprivate static let compactableKeys = PreparedStatement("compactable_keys", KeyCompaction.selection)
    private static let deletedKeys = """
        FROM change JOIN signing_key ON position = key
        WHERE number > $1 AND number <= $2 AND kind = '\(ChangeKind.keyRevoked.rawValue)'
        """
    /// Two keys whose fingerprints are the same by chance share one.
    fileprivate static let insertCompactedKeys = PreparedStatement(
        "insert_compacted_keys",
        """
        INSERT INTO compacted_key
        SELECT unnest(ARRAY[id_fingerprint(id), key_fingerprint(signing_key.account, thumbprint)]) \(deletedKeys)
        ON CONFLICT DO NOTHING
        """)
    fileprivate static let countCompactedKeys = PreparedStatement(
        "count_compacted_keys",
        """
        INSERT INTO compacted_count SELECT signing_key.account, count(*) \(deletedKeys) GROUP BY signing_key.account
        ON CONFLICT (account) DO UPDATE SET keys = compacted_count.keys + excluded.keys
        """)
    /// The changes' reference to the key is checked at the end of the transaction.
    fileprivate static let deleteCompactedKeys = PreparedStatement(
        "delete_compacted_keys",
        """
        WITH deleted AS (
            DELETE FROM signing_key WHERE position IN (SELECT key \(deletedKeys)) RETURNING position
        )
        DELETE FROM change WHERE key IN (SELECT position FROM deleted)
        """)
}
