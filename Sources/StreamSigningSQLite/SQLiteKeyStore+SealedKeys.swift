internal import Foundation
internal import GRDB
internal import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``KeyStore``.
    public func sealedKey(of account: AccountID) async throws(StoreError) -> SealedKey? {
        try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(sql: SealedKey.selection + " AND account = ?"), arguments: [account.rawValue])
            return try row.map(SealedKey.init)
        }
    }

    /// See ``KeyStore``.
    public func sealedKeys() async throws(StoreError) -> [SealedKey] {
        try await read { db in
            try Row.fetchAll(db, sql: SealedKey.selection + " ORDER BY position").map(SealedKey.init)
        }
    }

    /// See ``KeyStore``.
    public func masterKeyID() async throws(StoreError) -> String? {
        try await read(MasterKeyRow.id)
    }

    /// See ``KeyStore``.
    public func replace(
        _ keys: [SealedKey], from old: String?, to new: String, audit: AuditEvent
    ) async throws(StoreError) {
        try await write { db in
            guard try MasterKeyRow.id(db) == old, keys.allSatisfy({ $0.masterKeyID == new }) else {
                throw StoreError(.masterKeyChanged, "the store is under another master key")
            }
            var replaced = 0
            for key in keys {
                try db.cachedStatement(
                    sql: "UPDATE signing_key SET sealed = ? WHERE id = ? AND account = ? AND sealed IS NOT NULL"
                ).execute(arguments: [Data(key.box), key.id.rawValue, key.account.rawValue])
                replaced += db.changesCount
            }
            let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM signing_key WHERE sealed IS NOT NULL")
            guard replaced == all else {
                throw StoreError(.masterKeyChanged, "there are sealed keys that were not sealed anew")
            }
            try MasterKeyRow.set(db, new)
            try audit.append(db)
        }
    }
}

/// The master key that all sealed halves are under: its id, never the key.
enum MasterKeyRow {
    static func id(_ db: Database) throws -> String? {
        try String.fetchOne(db.cachedStatement(sql: "SELECT id FROM master_key"))
    }

    static func set(_ db: Database, _ id: String) throws {
        try db.execute(sql: "INSERT OR REPLACE INTO master_key (only_row, id) VALUES (1, ?)", arguments: [id])
    }
}

extension SealedKey {
    fileprivate static let selection = """
        SELECT account, signing_key.id, master_key.id, sealed FROM signing_key, master_key
        WHERE sealed IS NOT NULL AND origin = 'service' AND revoked IS NULL
        """

    fileprivate init(_ row: Row) throws(StoreError) {
        self.init(
            account: try row.account(0), id: try row.keyID(1), masterKeyID: try row.value(2), box: try row.bytes(3))
    }
}
