internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``KeyStore``.
    public func archive() async throws(StoreError) -> StoreArchive {
        try await readSnapshot { connection, deadline in
            guard let row = try connection.run(.readState, by: deadline).first else {
                throw StoreError(.corrupt, "the database has lost its state")
            }
            let state = try StoreState(row)
            let keys = try connection.run(Self.allKeys, by: deadline)
            let changes = try connection.run(.selectChanges, [.integer(0), .limit(.max)], by: deadline)
            let credentials = try connection.run(Self.allCredentials, by: deadline)
            let events = try connection.run(.selectEvents, [.integer(0), .limit(.max)], by: deadline)
            return StoreArchive(
                keys: try keys.map { try StoreArchive.Key($0, masterKeyID: state.masterKeyID) },
                changes: try changes.map { try KeyChange($0) }, masterKeyID: state.masterKeyID,
                credentials: try credentials.map { try StoreArchive.Credential($0) },
                credentialRevision: state.credentialRevision,
                events: try events.map { try RecordedEvent($0) })
        }
    }

    /// See ``KeyStore``.
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
            let added = archive.additions
            for key in archive.keys {
                guard let position = added[key.key.id] else { continue }
                try transaction.write(Self.insertKey, key.parameters(position: position))
                count()
            }
            for change in archive.changes {
                try transaction.write(Self.insertChange, change.parameters(added))
                count()
            }
            for (index, credential) in archive.credentials.enumerated() {
                try transaction.write(.insertCredential, credential.parameters(position: Int64(index) + 1))
                count()
            }
            for event in archive.events {
                try transaction.write(.insertEvent, event.parameters)
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
        "archive_keys",
        """
        SELECT account, id, public_key, created, origin, revoked, sealed FROM signing_key ORDER BY position
        """)
    private static let allCredentials = PreparedStatement(
        "archive_credentials",
        "SELECT id, account, role, hash, created, revoked FROM credential ORDER BY position")
    private static let insertKey = PreparedStatement(
        "restore_key",
        """
        INSERT INTO signing_key
            (position, id, account, thumbprint, public_key, origin, created, revoked, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)
    private static let insertChange = PreparedStatement(
        "restore_change", "INSERT INTO key_change (number, kind, key) VALUES ($1, $2, $3)")
}

extension StoreArchive {
    /// By key, the number of the change that added it.
    fileprivate var additions: [KeyID: Int64] {
        var additions: [KeyID: Int64] = [:]
        for change in changes {
            if case .added(let key) = change.kind { additions[key.id] = change.number.rawValue }
        }
        return additions
    }
}

extension StoreArchive.Key {
    fileprivate init(_ row: ResultRow, masterKeyID: String?) throws(StoreError) {
        let (account, id) = (try row.account(0), try row.keyID(1))
        let box = try row.optional(6, row.bytes)
        guard box == nil || masterKeyID != nil else {
            throw StoreError(.corrupt, "the key \(id) is sealed, and the store has no master key")
        }
        self.init(
            account: account, key: StoredPublicKey(id: id, der: try row.bytes(2)), created: try row.time(3),
            origin: try row.word(4), revoked: try row.optional(5, row.time),
            sealed: box.map { SealedKey(account: account, id: id, masterKeyID: masterKeyID ?? "", box: $0) })
    }

    fileprivate func parameters(position: Int64) throws -> [Parameter] {
        [
            .integer(position), .text(key.id.rawValue), .text(account.rawValue),
            .bytes(try key.verificationKey().thumbprintBytes()), .bytes(key.der), .text(origin.rawValue),
            .time(created), .time(revoked), .bytes(sealed?.box),
        ]
    }
}

extension KeyChange {
    fileprivate func parameters(_ added: [KeyID: Int64]) -> [Parameter] {
        switch kind {
        case .added(let key): [.integer(number.rawValue), .text("added"), .integer(added[key.id])]
        case .revoked(let id): [.integer(number.rawValue), .text("revoked"), .integer(added[id])]
        }
    }
}

extension StoreArchive.Credential {
    fileprivate init(_ row: ResultRow) throws(StoreError) {
        self.init(
            credential: StoredCredential(
                id: CredentialID(rawValue: try row.text(0)), account: try row.account(1), role: try row.word(2),
                hash: try row.bytes(3), created: try row.time(4)),
            revoked: try row.optional(5, row.time))
    }

    fileprivate func parameters(position: Int64) -> [Parameter] {
        [
            .integer(position), .text(credential.id.rawValue), .text(credential.account.rawValue),
            .text(credential.role.rawValue), .bytes(credential.hash), .time(credential.created), .time(revoked),
        ]
    }
}
