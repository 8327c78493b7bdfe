internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``ArchivedStore``.
    public func archive() async throws(StoreError) -> StoreArchive {
        try await readSnapshot { connection, deadline in
            guard let state = try connection.run(.readState, by: deadline).first(reading: StoreState.init) else {
                throw StoreError(.corrupt, "the database has lost its state")
            }
            let keys = try connection.run(Self.allKeys, by: deadline)
            let changes = try connection.run(.selectChanges, [.integer(0), .limit(.max)], by: deadline)
            let compacted = try connection.run(Self.allCompacted, by: deadline)
            let revocations = try connection.run(Self.allRevocations, by: deadline)
            let keyStates = try connection.run(Self.allKeyStates, by: deadline)
            let credentials = try connection.run(Self.allCredentials, by: deadline)
            return StoreArchive(
                keys: try keys.map { row throws(StoreError) in
                    try StoreArchive.Key(&row, masterKeyID: state.masterKeyID)
                },
                changes: try changes.map { row throws(StoreError) in try StoreChange(&row) },
                compacted: try compacted.map { row throws(StoreError) in KeyFingerprint(rawValue: try row.integer()) },
                revocations: try revocations.map { row throws(StoreError) in try StoredRevocation(&row) },
                keyStates: try keyStates.map { row throws(StoreError) in try StoredKeyState(&row) },
                masterKeyID: state.masterKeyID,
                credentials: try credentials.map { row throws(StoreError) in try StoreArchive.Credential(&row) },
                credentialRevision: state.credentialRevision,
                events: try connection.events(after: 0, limit: .max, by: deadline))
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
