internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``ArchivedStore``.
    public func readArchive() async throws(StoreError) -> ArchiveReading {
        try await readSnapshot { connection, deadline in
            guard let state = try connection.run(.readState, by: deadline).first(reading: StoreState.init) else {
                throw StoreError(.corrupt, "the database has lost its state")
            }
            var reader = ArchiveReader()
            func rows<Value>(
                _ table: ArchiveReader.Table, _ statement: PreparedStatement, _ values: [StoredValue] = [],
                _ make: (inout RowReader<ResultRow>) throws(StoreError) -> Value
            ) throws -> [Value] {
                try connection.run(statement, values, by: deadline)
                    .map { row throws(StoreError) in try reader.read(table, &row, make) }.compactMap { $0 }
            }
            let keys = try rows(.keys, Self.allKeys) { row throws(StoreError) in
                try StoreArchive.Key(&row, masterKeyID: state.masterKeyID)
            }
            let changes = try rows(.changes, .selectChanges, [.integer(0), .limit(.max)]) { row throws(StoreError) in
                try StoreChange(&row)
            }
            let compacted = try rows(.compacted, Self.allCompacted) { row throws(StoreError) in
                KeyFingerprint(rawValue: try row.integer())
            }
            let revocations = try rows(.revocations, Self.allRevocations) { row throws(StoreError) in
                try StoredRevocation(&row)
            }
            let keyStates = try rows(.keyStates, Self.allKeyStates) { row throws(StoreError) in
                try StoredKeyState(&row)
            }
            let credentials = try rows(.credentials, Self.allCredentials) { row throws(StoreError) in
                try StoreArchive.Credential(&row)
            }
            reader.note(
                revocations: try rows(.revocationCounts, Self.allRevocationCounts) { row throws(StoreError) in
                    try ArchiveReader.count(&row)
                },
                compacted: try rows(.compactedCounts, Self.allCounts) { row throws(StoreError) in
                    try ArchiveReader.count(&row)
                })
            let events = try reader.readLog { try connection.events(after: 0, limit: .max, by: deadline) }
            let archive = StoreArchive(
                keys: keys, changes: changes, compacted: compacted, revocations: revocations, keyStates: keyStates,
                masterKeyID: state.masterKeyID, credentials: credentials,
                credentialRevision: state.credentialRevision, events: events)
            return ArchiveReading(archive, reader)
        }
    }

    /// See ``ArchivedStore``.
    public func restore(
        _ archive: StoreArchive, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws(StoreError) {
        try archive.check()
        let total = archive.rowCount
        try await write(within: .seconds(3_600)) { transaction in
            guard transaction.isPristine else { throw StoreError(.refused, "the store to write to is not empty") }
            var done = 0
            func count() {
                done += 1
                if done % 1_000 == 0 { progress(done, total) }
            }
            let positions = archive.positions
            for key in archive.keys {
                let position = positions[key.key.id.rawValue]
                try transaction.write(Self.insertKey, KeyRow(key).values + [.integer(position)])
                count()
            }
            for change in archive.changes {
                try transaction.write(.insertChange, change.values { positions[$0] })
                count()
            }
            for fingerprint in archive.compacted {
                try transaction.write(Self.insertCompacted, [.fingerprint(fingerprint)])
                count()
            }
            for (account, keys) in try CompactedKeys(archive.changes).counts {
                try transaction.write(Self.insertCount, [.account(account), .integer(keys)])
            }
            for stored in archive.keyStates {
                guard let position = positions[stored.id.rawValue] else { continue }
                try transaction.insert(stored.state, of: position, change: stored.change)
                count()
            }
            try transaction.record(
                Dictionary(archive.keyStates.compactMap { state in state.use.map { (state.id, $0) } }) { $1 })
            var revocations = archive.revocations[...]
            while !revocations.isEmpty {
                let batch = revocations.prefix(1_000)
                try transaction.insert(Array(batch))
                for _ in batch { count() }
                revocations = revocations.dropFirst(batch.count)
            }
            for (index, credential) in archive.credentials.enumerated() {
                try transaction.write(.insertCredential, credential.values + [.integer(Int64(index) + 1)])
                count()
            }
            for event in archive.events {
                try transaction.write(.insertEvent, event.values)
                count()
            }
            transaction.restore(
                StoreState(
                    changeNumber: archive.changes.last?.number.rawValue ?? 0,
                    auditSequence: archive.events.last?.sequence ?? 0,
                    auditDigest: archive.events.last?.digest ?? AuditChain.start,
                    credentialRevision: max(archive.credentialRevision, Int64(archive.credentials.count)),
                    masterKeyID: archive.masterKeyID))
        }
        progress(total, total)
    }

    private static let allKeys = PreparedStatement(
        "archive_keys", "SELECT \(StoreArchive.Key.columns) FROM signing_key ORDER BY position")
    private static let allKeyStates = PreparedStatement("archive_key_states", StoredKeyState.selection)
    private static let allRevocations = PreparedStatement(
        "archive_revocations", "SELECT \(StoredRevocation.columns) FROM revocation ORDER BY position")
    private static let allCredentials = PreparedStatement(
        "archive_credentials", "SELECT \(StoreArchive.Credential.selection) FROM credential ORDER BY position")
    private static let insertKey = PreparedStatement(
        "restore_key",
        """
        INSERT INTO signing_key (\(KeyRow.columns), position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)
    private static let allCompacted = PreparedStatement(
        "archive_compacted", "SELECT fingerprint FROM compacted_key ORDER BY fingerprint")
    private static let insertCompacted = PreparedStatement(
        "restore_compacted", "INSERT INTO compacted_key VALUES ($1)")
    private static let allCounts = PreparedStatement(
        "archive_compacted_counts", "SELECT account, keys FROM compacted_count")
    private static let allRevocationCounts = PreparedStatement(
        "archive_revocation_counts", "SELECT account, number FROM revocation_count")
    private static let insertCount = PreparedStatement(
        "restore_compacted_count", "INSERT INTO compacted_count VALUES ($1, $2)")
}

extension StoreArchive {
    /// By key, the number of the change that added it.
    fileprivate var positions: [String: Int64] {
        var positions: [String: Int64] = [:]
        for change in changes where change.content.kind == .keyAdded {
            positions[change.content.subject] = change.number.rawValue
        }
        return positions
    }
}
