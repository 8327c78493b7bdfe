internal import Foundation
internal import GRDB
internal import StreamSigning
import StreamSigningStore

/// A key on its way into the table, and what must hold before it goes there. All of it runs in the transaction that
/// inserts, which is the only one that writes meanwhile.
struct KeyRow: Sendable {
    private let key: StoredKey
    private let thumbprint: [UInt8]
    private let der: [UInt8]

    init(_ key: StoredKey) throws(KeyError) {
        self.key = key
        thumbprint = try key.key.thumbprintBytes()
        der = try key.key.pkcs1DER()
    }

    func requireUnused(_ db: Database) throws {
        let id = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT revoked IS NOT NULL FROM signing_key WHERE id = ?"),
            arguments: [key.key.id.rawValue])
        if let id { throw StoreError(.keyExists, id ? "the id was in use by a deleted key" : "the id is in use") }
        let same = try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT revoked IS NOT NULL FROM signing_key WHERE account = ? AND thumbprint = ?"),
            arguments: [key.account.rawValue, Data(thumbprint)])
        if let same {
            throw StoreError(
                .keyExists, same ? "the account had this key and deleted it" : "the account has this key")
        }
        guard key.origin == .service else { return }
        let own = try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT 1 FROM signing_key WHERE account = ? AND origin = 'service' AND revoked IS NULL"),
            arguments: [key.account.rawValue])
        if own != nil { throw StoreError(.keyExists, "the account has a service key") }
    }

    func requireRoom(_ db: Database, limit: Int) throws {
        let count = try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT count(*) FROM (
                        SELECT 1 FROM signing_key WHERE account = ? AND revoked IS NULL LIMIT ?)
                    """),
            arguments: [key.account.rawValue, limit])
        guard count ?? 0 < limit else { throw StoreError(.limitReached, "the account has \(limit) keys") }
    }

    func requireMasterKey(_ db: Database) throws {
        guard let sealed = key.sealed else { return }
        guard try MasterKeyRow.id(db) == sealed.masterKeyID else {
            throw StoreError(
                .masterKeyChanged, "the private half is sealed under another master key than the store's")
        }
    }

    func insert(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO signing_key (id, account, thumbprint, public_key, origin, created, sealed)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            key.key.id.rawValue, key.account.rawValue, Data(thumbprint), Data(der), key.origin.rawValue,
            key.created.microseconds, key.sealed.map { Data($0.box) },
        ])
    }
}
