internal import Foundation
internal import GRDB
public import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``KeyStore``.
    public func insert(_ credential: StoredCredential, audit: AuditEvent) async throws(StoreError) {
        try await write { db in
            let taken = try Bool.fetchOne(
                db, sql: "SELECT 1 FROM credential WHERE id = ? OR hash = ?",
                arguments: [credential.id.rawValue, Data(credential.hash)])
            guard taken == nil else { throw StoreError(.keyExists, "there is or was such a credential") }
            try db.execute(
                sql: "INSERT INTO credential (id, account, role, hash, created) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    credential.id.rawValue, credential.account.rawValue, credential.role.rawValue,
                    Data(credential.hash), credential.created.microseconds,
                ])
            try audit.append(db)
        }
    }

    /// See ``KeyStore``.
    public func credentials() async throws(StoreError) -> [StoredCredential] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, account, role, hash, created FROM credential
                    WHERE revoked IS NULL ORDER BY position
                    """
            ).map { row in
                StoredCredential(
                    id: CredentialID(rawValue: try row.value(0)), account: try row.account(1),
                    role: try row.word(2),
                    hash: try row.bytes(3), created: try row.time(4))
            }
        }
    }

    /// See ``KeyStore``.
    public func credentialRevision() async throws(StoreError) -> Int64 {
        try await read { db in
            try Int64.fetchOne(db.cachedStatement(sql: "SELECT number FROM credential_revision")) ?? 0
        }
    }

    /// See ``KeyStore``.
    public func revoke(_ id: CredentialID, at time: NumericDate, audit: AuditEvent) async throws(StoreError) {
        try await write { db in
            try db.execute(
                sql: "UPDATE credential SET revoked = ? WHERE id = ? AND revoked IS NULL",
                arguments: [time.microseconds, id.rawValue])
            guard db.changesCount == 1 else { throw StoreError(.notFound, "there is no credential of that id") }
            try audit.append(db)
        }
    }
}
