public import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``CredentialStore``.
    public func insert(_ credential: StoredCredential, audit: AuditEvent) async throws(StoreError) {
        try await write { transaction in
            let taken = try transaction.read(
                .findCredential, [.text(credential.id.rawValue), .bytes(credential.hash)])
            guard taken.isEmpty else { throw StoreError(.keyExists, "there is or was such a credential") }
            let revision = transaction.nextCredentialRevision()
            let row = StoreArchive.Credential(credential: credential, revoked: nil)
            try transaction.write(.insertCredential, row.values + [.integer(revision)])
            try transaction.append(audit)
        }
    }

    /// See ``CredentialStore``.
    public func readCredentials() async throws(StoreError) -> CredentialReading {
        try await read { connection, deadline in
            var reader = ArchiveReader()
            let credentials = try connection.run(Self.valid, by: deadline).map { row throws(StoreError) in
                try reader.read(.credentials, &row) { row throws(StoreError) in try StoredCredential(&row) }
            }
            return CredentialReading(credentials.compactMap { $0 }, problems: reader.problems)
        }
    }

    /// See ``CredentialStore``.
    public func credentialRevision() async throws(StoreError) -> Int64 {
        try await read { connection, deadline in
            try connection.run(Self.revision, by: deadline)
                .first { row throws(StoreError) in try row.integer() } ?? 0
        }
    }

    /// See ``CredentialStore``.
    public func revoke(_ id: CredentialID, at time: NumericDate, audit: AuditEvent) async throws(StoreError) {
        try await write { transaction in
            let valid = try transaction.read(Self.findValid, [.text(id.rawValue)])
            guard !valid.isEmpty else { throw StoreError(.notFound, "there is no credential of that id") }
            _ = transaction.nextCredentialRevision()
            try transaction.write(Self.revoke, [.time(time), .text(id.rawValue)])
            try transaction.append(audit)
        }
    }

    private static let valid = PreparedStatement(
        "valid_credentials",
        "SELECT \(StoredCredential.columns) FROM credential WHERE revoked IS NULL ORDER BY position")
    private static let revision = PreparedStatement(
        "credential_revision", "SELECT credential_revision FROM store_state")
    private static let findValid = PreparedStatement(
        "find_valid_credential", "SELECT 1 FROM credential WHERE id = $1 AND revoked IS NULL")
    private static let revoke = PreparedStatement(
        "revoke_credential", "UPDATE credential SET revoked = $1 WHERE id = $2")
}

extension PreparedStatement {
    fileprivate static let findCredential = PreparedStatement(
        "find_credential", "SELECT 1 FROM credential WHERE id = $1 OR hash = $2")
    static let insertCredential = PreparedStatement(
        "insert_credential",
        """
        INSERT INTO credential (\(StoreArchive.Credential.columns), position)
        VALUES ($1, $2, $3, $4, $5, $6, CAST($7 AS bigint), $8)
        """)
}
