internal import GRDB
public import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``KeyStore``.
    public func insert(_ key: StoredKey, limit: Int, audit: AuditEvent) async throws(StoreError) -> ChangeNumber {
        let row: KeyRow
        do throws(KeyError) {
            row = try KeyRow(key)
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
        return try await write { db in
            try row.requireUnused(db)
            try row.requireRoom(db, limit: limit)
            try row.requireMasterKey(db)
            try row.insert(db)
            let number = try KeyChange.record(db, kind: "added", key: db.lastInsertedRowID)
            try audit.append(db)
            return number
        }
    }

    /// See ``KeyStore``.
    public func keys(of account: AccountID) async throws(StoreError) -> [KeyListing] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT id, created FROM signing_key
                        WHERE account = ? AND revoked IS NULL ORDER BY position
                        """),
                arguments: [account.rawValue])
            var listings: [KeyListing] = []
            while let row = try rows.next() {
                listings.append(KeyListing(id: try row.keyID(0), created: try row.time(1)))
            }
            return listings
        }
    }

    /// See ``KeyStore``.
    public func verificationKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> VerificationKey? {
        try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT id, public_key FROM signing_key WHERE id = ? AND account = ? AND revoked IS NULL"),
                arguments: [id.rawValue, account.rawValue])
            return try row.map { try $0.verificationKey(0) }
        }
    }

    /// See ``KeyStore``.
    public func verificationKeys(of account: AccountID) async throws(StoreError) -> [VerificationKey] {
        try await read { db in
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT id, public_key FROM signing_key
                        WHERE account = ? AND revoked IS NULL ORDER BY position
                        """),
                arguments: [account.rawValue])
            var keys: [VerificationKey] = []
            while let row = try rows.next() {
                keys.append(try row.verificationKey(0))
            }
            return keys
        }
    }

    /// See ``KeyStore``.
    public func revoke(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        try await write { db in
            let position = try Int64.fetchOne(
                db.cachedStatement(
                    sql: """
                        UPDATE signing_key SET revoked = ?, sealed = NULL
                        WHERE id = ? AND account = ? AND revoked IS NULL RETURNING position
                        """),
                arguments: [time.microseconds, id.rawValue, account.rawValue])
            guard let position else { throw StoreError(.notFound, "the account has no key of that id") }
            let number = try KeyChange.record(db, kind: "revoked", key: position)
            try audit.append(db)
            return number
        }
    }
}
