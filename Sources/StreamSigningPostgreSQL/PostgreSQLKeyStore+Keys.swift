public import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``KeyStore``.
    public func insert(_ key: StoredKey, limit: Int, audit: AuditEvent) async throws(StoreError) -> ChangeNumber {
        let insertion: KeyInsertion
        do throws(KeyError) {
            insertion = try KeyInsertion(key)
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
        return try await write { transaction in
            try insertion.requireRoom(in: transaction, limit: limit)
            try insertion.requireMasterKey(of: transaction)
            let number = try insertion.perform(in: transaction)
            try transaction.append(audit)
            return number
        }
    }

    /// See ``KeyStore``.
    public func keys(of account: AccountID) async throws(StoreError) -> [KeyListing] {
        try await read { connection, deadline in
            try connection.run(Self.listed, [.text(account.rawValue)], by: deadline).map { row in
                KeyListing(id: try row.keyID(0), created: try row.time(1))
            }
        }
    }

    /// See ``KeyStore``.
    public func verificationKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> VerificationKey? {
        try await read { connection, deadline in
            try connection.run(Self.one, [.text(id.rawValue), .text(account.rawValue)], by: deadline).first
                .map { row in try row.verificationKey(0) }
        }
    }

    /// See ``KeyStore``.
    public func verificationKeys(of account: AccountID) async throws(StoreError) -> [VerificationKey] {
        try await read { connection, deadline in
            try connection.run(Self.all, [.text(account.rawValue)], by: deadline).map { row in
                try row.verificationKey(0)
            }
        }
    }

    /// See ``KeyStore``.
    public func revoke(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        try await write { transaction in
            let found = try transaction.read(Self.position, [.text(id.rawValue), .text(account.rawValue)])
            guard let position = try found.first?.integer(0) else {
                throw StoreError(.notFound, "the account has no key of that id")
            }
            let number = transaction.nextChange()
            try transaction.write(
                Self.revoke, [.integer(position), .time(time), .integer(number.rawValue)])
            try transaction.append(audit)
            return number
        }
    }

    private static let listed = PreparedStatement(
        "list_keys",
        "SELECT id, created FROM signing_key WHERE account = $1 AND revoked IS NULL ORDER BY position")
    private static let one = PreparedStatement(
        "find_key",
        "SELECT id, public_key FROM signing_key WHERE id = $1 AND account = $2 AND revoked IS NULL")
    private static let all = PreparedStatement(
        "all_keys",
        "SELECT id, public_key FROM signing_key WHERE account = $1 AND revoked IS NULL ORDER BY position")
    private static let position = PreparedStatement(
        "find_position",
        "SELECT position FROM signing_key WHERE id = $1 AND account = $2 AND revoked IS NULL")
    private static let revoke = PreparedStatement(
        "revoke_key",
        """
        WITH revoked AS (
            UPDATE signing_key SET revoked = $2, sealed = NULL WHERE position = $1
        )
        INSERT INTO key_change (number, kind, key) VALUES ($3, 'revoked', $1)
        """)
}
