internal import Foundation
internal import GRDB
internal import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``KeyStore``.
    public func archive() async throws(StoreError) -> StoreArchive {
        try await read { db in
            let masterKeyID = try MasterKeyRow.id(db)
            return StoreArchive(
                keys: try Row.fetchAll(
                    db,
                    sql: """
                        SELECT account, id, public_key, created, origin, revoked, sealed FROM signing_key
                        ORDER BY position
                        """
                ).map { try StoreArchive.Key($0, masterKeyID: masterKeyID) },
                changes: try KeyChange.fetch(db, after: 0, limit: .max), masterKeyID: masterKeyID,
                credentials: try Row.fetchAll(
                    db, sql: "SELECT id, account, role, hash, created, revoked FROM credential ORDER BY position"
                ).map { try StoreArchive.Credential($0) },
                credentialRevision: try Int64.fetchOne(db, sql: "SELECT number FROM credential_revision") ?? 0,
                events: try RecordedEvent.fetch(db, after: 0, limit: .max))
        }
    }

    /// See ``KeyStore``.
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
            var positions: [KeyID: Int64] = [:]
            for key in archive.keys {
                try key.insert(db)
                positions[key.key.id] = db.lastInsertedRowID
                count()
            }
            for change in archive.changes {
                try change.insert(db, positions)
                count()
            }
            for credential in archive.credentials {
                try credential.insert(db)
                count()
            }
            for event in archive.events {
                try event.insert(db)
                count()
            }
            try db.execute(
                sql: "UPDATE credential_revision SET number = ?",
                arguments: [max(archive.credentialRevision, Int64(archive.credentials.count))])
            if let id = archive.masterKeyID { try MasterKeyRow.set(db, id) }
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

extension StoreArchive.Key {
    fileprivate init(_ row: Row, masterKeyID: String?) throws(StoreError) {
        let (account, id) = (try row.account(0), try row.keyID(1))
        let box: Data? = try row.optional(6)
        guard box == nil || masterKeyID != nil else {
            throw StoreError(.corrupt, "the key \(id) is sealed, and the store has no master key")
        }
        let revoked: Int64? = try row.optional(5)
        self.init(
            account: account, key: StoredPublicKey(id: id, der: try row.bytes(2)), created: try row.time(3),
            origin: try row.word(4), revoked: revoked.map { NumericDate(microseconds: $0) },
            sealed: box.map { SealedKey(account: account, id: id, masterKeyID: masterKeyID ?? "", box: Array($0)) })
    }

    fileprivate func insert(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO signing_key (id, account, thumbprint, public_key, origin, created, revoked, sealed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            key.id.rawValue, account.rawValue, Data(try key.verificationKey().thumbprintBytes()), Data(key.der),
            origin.rawValue, created.microseconds, revoked?.microseconds, sealed.map { Data($0.box) },
        ])
    }
}

extension KeyChange {
    fileprivate func insert(_ db: Database, _ positions: [KeyID: Int64]) throws {
        let (word, id) =
            switch kind {
            case .added(let key): ("added", key.id)
            case .revoked(let id): ("revoked", id)
            }
        try db.cachedStatement(sql: "INSERT INTO key_change (number, kind, key) VALUES (?, ?, ?)")
            .execute(arguments: [number.rawValue, word, positions[id]])
    }
}

extension StoreArchive.Credential {
    fileprivate init(_ row: Row) throws(StoreError) {
        let revoked: Int64? = try row.optional(5)
        self.init(
            credential: StoredCredential(
                id: CredentialID(rawValue: try row.value(0)), account: try row.account(1), role: try row.word(2),
                hash: try row.bytes(3), created: try row.time(4)),
            revoked: revoked.map { NumericDate(microseconds: $0) })
    }

    fileprivate func insert(_ db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT INTO credential (id, account, role, hash, created, revoked) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            credential.id.rawValue, credential.account.rawValue, credential.role.rawValue, Data(credential.hash),
            credential.created.microseconds, revoked?.microseconds,
        ])
    }
}
