internal import GRDB
internal import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``ArchivedStore``.
    public func readArchive() async throws(StoreError) -> ArchiveReading {
        try await read { db in
            var reader = ArchiveReader()
            func rows<Value>(
                _ table: ArchiveReader.Table, _ sql: String,
                _ make: (inout RowReader<SQLiteRow>) throws(StoreError) -> Value
            ) throws -> [Value] {
                try db.rows(sql) { row throws(StoreError) in try reader.read(table, &row, make) }.compactMap { $0 }
            }
            let masterKeyID = try db.masterKeyID()
            let keys = try rows(
                .keys, "SELECT \(StoreArchive.Key.columns) FROM signing_key ORDER BY position"
            ) { row throws(StoreError) in try StoreArchive.Key(&row, masterKeyID: masterKeyID) }
            let changes = try rows(.changes, StoreChange.selection + " ORDER BY number") { row throws(StoreError) in
                try StoreChange(&row)
            }
            let compacted = try rows(
                .compacted, "SELECT fingerprint FROM compacted_key ORDER BY fingerprint"
            ) { row throws(StoreError) in KeyFingerprint(rawValue: try row.integer()) }
            let revocations = try rows(
                .revocations, "SELECT \(StoredRevocation.columns) FROM revocation ORDER BY position"
            ) { row throws(StoreError) in try StoredRevocation(&row) }
            let keyStates = try rows(.keyStates, StoredKeyState.selection) { row throws(StoreError) in
                try StoredKeyState(&row)
            }
            let credentials = try rows(
                .credentials, "SELECT \(StoreArchive.Credential.selection) FROM credential ORDER BY position"
            ) { row throws(StoreError) in try StoreArchive.Credential(&row) }
            reader.note(
                revocations: try rows(
                    .revocationCounts, "SELECT account, number FROM revocation_count"
                ) { row throws(StoreError) in try ArchiveReader.count(&row) },
                compacted: try rows(
                    .compactedCounts, "SELECT account, keys FROM compacted_count"
                ) { row throws(StoreError) in try ArchiveReader.count(&row) })
            let events = try reader.readLog { try db.events(after: 0, limit: .max) }
            let archive = StoreArchive(
                keys: keys, changes: changes, compacted: compacted, revocations: revocations, keyStates: keyStates,
                masterKeyID: masterKeyID, credentials: credentials,
                credentialRevision: try db.credentialRevision(), events: events)
            return ArchiveReading(archive, reader)
        }
    }

    /// See ``ArchivedStore``.
    public func restore(
        _ archive: StoreArchive, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws(StoreError) {
        try archive.check()
        let total = archive.rowCount
        try await write { db in
            try Self.requireEmpty(db)
            var done = 0
            func count() {
                done += 1
                if done % 1_000 == 0 { progress(done, total) }
            }
            var positions: [String: Int64] = [:]
            for key in archive.keys {
                try db.insert(KeyRow(key))
                positions[key.key.id.rawValue] = db.lastInsertedRowID
                count()
            }
            for change in archive.changes {
                try db.insert(change) { positions[$0] }
                count()
            }
            for fingerprint in archive.compacted {
                try db.insert(fingerprint)
                count()
            }
            for (account, keys) in try CompactedKeys(archive.changes).counts { try db.addCompacted(keys, of: account) }
            for stored in archive.keyStates {
                guard let position = positions[stored.id.rawValue] else { continue }
                try db.insert(stored.state, of: position, change: stored.change)
                if let use = stored.use { try db.record(use, of: stored.id) }
                count()
            }
            for revocation in archive.revocations {
                try db.insert(revocation)
                try db.countRevocations(1, of: revocation.account)
                count()
            }
            for credential in archive.credentials {
                try db.insert(credential)
                count()
            }
            for event in archive.events {
                try db.insert(event)
                count()
            }
            try db.run(
                "UPDATE credential_revision SET number = $1",
                [.integer(max(archive.credentialRevision, Int64(archive.credentials.count)))])
            if let id = archive.masterKeyID { try db.setMasterKeyID(id) }
        }
        progress(total, total)
    }

    private static func requireEmpty(_ db: Database) throws {
        let isUsed = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM signing_key) OR EXISTS (SELECT 1 FROM audit_event)
                    OR EXISTS (SELECT 1 FROM credential) OR EXISTS (SELECT 1 FROM master_key)
                """)
        guard isUsed == false else { throw StoreError(.refused, "the store to write to is not empty") }
    }
}
