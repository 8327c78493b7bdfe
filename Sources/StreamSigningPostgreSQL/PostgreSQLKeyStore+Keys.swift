public import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``SigningKeyStore``.
    public func insert(_ key: StoredKey, quota: KeyQuota, audit: AuditEvent) async throws(StoreError) -> ChangeNumber {
        let new = try KeyRow(key)
        return try await write { transaction in
            let masterKeyID = transaction.masterKeyID
            _ = try transaction.read(.keyVacancy, new.vacancyValues(quota))
                .first { row throws(StoreError) in
                    try new.requireVacancy(&row, quota, masterKeyID: masterKeyID)
                }
            let number = transaction.nextChange()
            try transaction.write(
                .insertKey, new.values + [.integer(number.rawValue), .text(ChangeKind.keyAdded.rawValue)])
            try transaction.append(audit)
            return number
        }
    }

    /// See ``SigningKeyStore``.
    public func keys(of account: AccountID) async throws(StoreError) -> [KeyListing] {
        try await read { connection, deadline in
            try connection.run(Self.listed, [.account(account)], by: deadline).map { row throws(StoreError) in
                KeyListing(id: try row.keyID(), created: try row.time())
            }
        }
    }

    /// See ``SigningKeyStore``.
    public func verificationKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> VerificationKey? {
        try await read { connection, deadline in
            try connection.run(Self.one, [.id(id), .account(account)], by: deadline)
                .first { row throws(StoreError) in try row.verificationKey() }
        }
    }

    /// See ``SigningKeyStore``.
    public func publicKeys(of account: AccountID) async throws(StoreError) -> [StoredPublicKey] {
        try await read { connection, deadline in
            try connection.run(Self.all, [.account(account)], by: deadline)
                .map { row throws(StoreError) in try row.checkedPublicKey() }
        }
    }

    /// See ``SigningKeyStore``.
    public func revoke(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        try await write { transaction in
            let position = try transaction.read(Self.position, [.id(id), .account(account)])
                .first { row throws(StoreError) in try row.integer() }
            guard let position else { throw StoreError(.notFound, "the account has no key of that id") }
            return try transaction.revoke(position, at: time, audit: audit)
        }
    }

    private static let listed = PreparedStatement(
        "list_keys",
        "SELECT id, created FROM signing_key WHERE account = $1 AND revoked IS NULL ORDER BY position")
    private static let one = PreparedStatement(
        "find_key",
        "SELECT \(StoredPublicKey.checkedColumns) FROM signing_key WHERE id = $1 AND account = $2 AND revoked IS NULL")
    private static let all = PreparedStatement(
        "all_keys",
        """
        SELECT \(StoredPublicKey.checkedColumns) FROM signing_key
        WHERE account = $1 AND revoked IS NULL ORDER BY position
        """)
    private static let position = PreparedStatement(
        "find_position",
        "SELECT position FROM signing_key WHERE id = $1 AND account = $2 AND revoked IS NULL")
}

extension WriteTransaction {
    /// Deletes the key at a position.
    func revoke(_ position: Int64, at time: NumericDate, audit: AuditEvent) throws -> ChangeNumber {
        let number = nextChange()
        try write(
            .revokeKey,
            [.integer(position), .time(time), .integer(number.rawValue), .text(ChangeKind.keyRevoked.rawValue)])
        try removeState(of: position, at: time)
        try append(audit)
        return number
    }
}

extension PreparedStatement {
    fileprivate static let revokeKey = PreparedStatement(
        "revoke_key",
        """
        WITH revoked AS (
            UPDATE signing_key SET revoked = $2, sealed = NULL WHERE position = $1
        )
        INSERT INTO change (number, kind, key) VALUES ($3, $4, $1)
        """)
    fileprivate static let keyVacancy = PreparedStatement("check_key", KeyRow.vacancy)
    /// The number of the change is the key's position.
    fileprivate static let insertKey = PreparedStatement(
        "insert_key",
        """
        WITH inserted AS (
            INSERT INTO signing_key (\(KeyRow.columns), position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        )
        INSERT INTO change (number, kind, key) VALUES ($9, $10, $9)
        """)
}
