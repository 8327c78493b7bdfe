internal import GRDB
internal import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``ArchivedStore``.
    public func archive() async throws(StoreError) -> StoreArchive {
        try await read { db in
            let masterKeyID = try db.masterKeyID()
            let keys = try db.rows(
                "SELECT \(StoreArchive.Key.columns) FROM signing_key ORDER BY position"
            ) { row throws(StoreError) in try StoreArchive.Key(&row, masterKeyID: masterKeyID) }
            let credentials = try db.rows(
                "SELECT \(StoreArchive.Credential.selection) FROM credential ORDER BY position"
            ) { row throws(StoreError) in try StoreArchive.Credential(&row) }
            let revocations = try db.rows(
                "SELECT \(StoredRevocation.columns) FROM revocation ORDER BY position"
            ) { row throws(StoreError) in try StoredRevocation(&row) }
            return StoreArchive(
                keys: keys, changes: try db.changes(after: ChangeNumber(rawValue: 0), limit: .max),
                compacted: try db.rows("SELECT fingerprint FROM compacted_key ORDER BY fingerprint") {
                    row throws(StoreError) in KeyFingerprint(rawValue: try row.integer())
                },
                revocations: revocations,
                keyStates: try db.rows(StoredKeyState.selection) { row throws(StoreError) in try StoredKeyState(&row) },
                masterKeyID: masterKeyID, credentials: credentials,
                credentialRevision: try db.credentialRevision(), events: try db.events(after: 0, limit: .max))
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
