internal import GRDB
public import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    private static let selection = """
        SELECT account, signing_key.id, master_key.id, sealed FROM signing_key, master_key
        WHERE sealed IS NOT NULL AND origin = 'service' AND revoked IS NULL
        """

    /// See ``SealedKeyStore``.
    public func serviceKeys(of account: AccountID) async throws(StoreError) -> [ServiceKey] {
        try await read { db in
            try db.rows(ServiceKey.ofAccount, [.account(account)]) { row throws(StoreError) in try ServiceKey(&row) }
        }
    }

    /// See ``SealedKeyStore``.
    public func serviceKeys(createdBy time: NumericDate) async throws(StoreError) -> [ServiceKey] {
        try await read { db in
            try db.rows(ServiceKey.ofAccountsCreatedBy, [.time(time)]) { row throws(StoreError) in
                try ServiceKey(&row)
            }
        }
    }

    /// See ``SealedKeyStore``.
    public func sealedKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> SealedKey? {
        try await read { db in
            let selection = Self.selection + " AND account = $1 AND signing_key.id = $2"
            return try db.row(selection, [.account(account), .id(id)]) { row throws(StoreError) in
                try SealedKey(&row)
            }
        }
    }

    /// See ``SealedKeyStore``.
    public func sealedKeys() async throws(StoreError) -> [SealedKey] {
        try await read { db in
            try db.rows(Self.selection + " ORDER BY position") { row throws(StoreError) in try SealedKey(&row) }
        }
    }

    /// See ``SealedKeyStore``.
    public func masterKeyID() async throws(StoreError) -> String? {
        try await read { db in try db.masterKeyID() }
    }

    /// See ``SealedKeyStore``.
    public func replace(
        _ keys: [SealedKey], from old: String?, to new: String, audit: AuditEvent
    ) async throws(StoreError) {
        try await write { db in
            guard try db.masterKeyID() == old, keys.allSatisfy({ $0.masterKeyID == new }) else {
                throw StoreError(.masterKeyChanged, "the store is under another master key")
            }
            var replaced = 0
            for key in keys {
                try db.run(
                    "UPDATE signing_key SET sealed = $1 WHERE id = $2 AND account = $3 AND sealed IS NOT NULL",
                    [.bytes(key.box), .id(key.id), .account(key.account)])
                replaced += db.changesCount
            }
            let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM signing_key WHERE sealed IS NOT NULL")
            guard replaced == all else {
                throw StoreError(.masterKeyChanged, "there are sealed keys that are still under the old master key")
            }
            try db.setMasterKeyID(new)
            try db.append(audit)
        }
    }
}

/// The master key that all sealed halves are under: its id, never the key.
extension Database {
    func masterKeyID() throws -> String? {
        try row("SELECT id FROM master_key") { row throws(StoreError) in try row.text() }
    }

    func setMasterKeyID(_ id: String) throws {
        try run("INSERT OR REPLACE INTO master_key (only_row, id) VALUES (1, $1)", [.text(id)])
    }
}
