internal import GRDB
public import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``CredentialStore``.
    public func insert(_ credential: StoredCredential, audit: AuditEvent) async throws(StoreError) {
        try await write { db in
            let taken = try db.row(
                "SELECT 1 FROM credential WHERE id = $1 OR hash = $2",
                [.text(credential.id.rawValue), .bytes(credential.hash)]
            ) { row throws(StoreError) in try row.bool() }
            guard taken == nil else { throw StoreError(.keyExists, "there is or was such a credential") }
            try db.insert(StoreArchive.Credential(credential: credential, revoked: nil))
            try db.append(audit)
        }
    }

    /// See ``CredentialStore``.
    public func readCredentials() async throws(StoreError) -> CredentialReading {
        try await read { db in
            var reader = ArchiveReader()
            let credentials = try db.rows(
                "SELECT \(StoredCredential.columns) FROM credential WHERE revoked IS NULL ORDER BY position"
            ) { row throws(StoreError) in
                try reader.read(.credentials, &row) { row throws(StoreError) in try StoredCredential(&row) }
            }
            return CredentialReading(credentials.compactMap { $0 }, problems: reader.problems)
        }
    }

    /// See ``CredentialStore``.
    public func credentialRevision() async throws(StoreError) -> Int64 {
        try await read { db in try db.credentialRevision() }
    }

    /// See ``CredentialStore``.
    public func revoke(_ id: CredentialID, at time: NumericDate, audit: AuditEvent) async throws(StoreError) {
        try await write { db in
            try db.run(
                "UPDATE credential SET revoked = $1 WHERE id = $2 AND revoked IS NULL",
                [.time(time), .text(id.rawValue)])
            guard db.changesCount == 1 else { throw StoreError(.notFound, "there is no credential of that id") }
            try db.append(audit)
        }
    }
}

extension Database {
    func credentialRevision() throws -> Int64 {
        try row("SELECT number FROM credential_revision") { row throws(StoreError) in try row.integer() } ?? 0
    }

    func insert(_ credential: StoreArchive.Credential) throws {
        try run(
            "INSERT INTO credential (\(StoreArchive.Credential.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            credential.values)
    }
}
