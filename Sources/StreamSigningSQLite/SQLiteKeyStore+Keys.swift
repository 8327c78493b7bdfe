internal import GRDB
public import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``SigningKeyStore``.
    public func insert(_ key: StoredKey, quota: KeyQuota, audit: AuditEvent) async throws(StoreError) -> ChangeNumber {
        let new = try KeyRow(key)
        return try await write { db in
            let masterKeyID = try db.masterKeyID()
            _ = try db.row(KeyRow.vacancy, new.vacancyValues(quota)) { row throws(StoreError) in
                try new.requireVacancy(&row, quota, masterKeyID: masterKeyID)
            }
            try db.insert(new)
            let number = try db.recordChange(.keyAdded, key: db.lastInsertedRowID)
            try db.append(audit)
            return number
        }
    }

    /// See ``SigningKeyStore``.
    public func keys(of account: AccountID) async throws(StoreError) -> [KeyListing] {
        try await read { db in
            try db.rows(
                "SELECT id, created FROM signing_key WHERE account = $1 AND revoked IS NULL ORDER BY position",
                [.account(account)]
            ) { row throws(StoreError) in KeyListing(id: try row.keyID(), created: try row.time()) }
        }
    }

    /// See ``SigningKeyStore``.
    public func verificationKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> VerificationKey? {
        try await read { db in
            try db.row(
                """
                SELECT \(StoredPublicKey.checkedColumns) FROM signing_key
                WHERE id = $1 AND account = $2 AND revoked IS NULL
                """,
                [.id(id), .account(account)]
            ) { row throws(StoreError) in try row.verificationKey() }
        }
    }

    /// See ``SigningKeyStore``.
    public func publicKeys(of account: AccountID) async throws(StoreError) -> [StoredPublicKey] {
        try await read { db in
            try db.rows(
                """
                SELECT \(StoredPublicKey.checkedColumns) FROM signing_key
                WHERE account = $1 AND revoked IS NULL ORDER BY position
                """, [.account(account)]
            ) { row throws(StoreError) in try row.checkedPublicKey() }
        }
    }

    /// See ``SigningKeyStore``.
    public func revoke(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        try await write { db in try db.revoke(id, of: account, at: time, audit: audit) }
    }
}

extension Database {
    /// Deletes a key.
    func revoke(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) throws -> ChangeNumber {
        let position = try row(
            """
            UPDATE signing_key SET revoked = $1, sealed = NULL
            WHERE id = $2 AND account = $3 AND revoked IS NULL RETURNING position
            """,
            [.time(time), .id(id), .account(account)]
        ) { row throws(StoreError) in try row.integer() }
        guard let position else { throw StoreError(.notFound, "the account has no key of that id") }
        let number = try recordChange(.keyRevoked, key: position)
        try removeState(of: position, at: time)
        try append(audit)
        return number
    }

    /// Writes a key's row; `lastInsertedRowID` is its position then.
    func insert(_ key: KeyRow) throws {
        try run(
            "INSERT INTO signing_key (version, \(KeyRow.columns)) VALUES (2, $1, $2, $3, $4, $5, $6, $7, $8)",
            key.values)
    }
}
