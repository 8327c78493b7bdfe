internal import Foundation
import GRDB
internal import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``KeyStore``.
    public func append(_ event: AuditEvent) async throws(StoreError) {
        try await write { db in try event.append(db) }
    }

    /// See ``KeyStore``.
    public func audit(after sequence: Int64, limit: Int) async throws(StoreError) -> [RecordedEvent] {
        try await read { db in try RecordedEvent.fetch(db, after: sequence, limit: limit) }
    }
}

extension AuditEvent {
    /// Adds the event in the transaction of the change it belongs to.
    func append(_ db: Database) throws {
        let last = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT sequence, digest FROM audit_event ORDER BY sequence DESC LIMIT 1"))
        let sequence = try (last?.value(0, as: Int64.self) ?? 0) + 1
        let previous = try last?.bytes(1) ?? AuditChain.start
        let digest: [UInt8]
        do throws(KeyError) {
            digest = try AuditChain.digest(of: self, sequence: sequence, after: previous)
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
        try RecordedEvent(sequence: sequence, event: self, digest: digest).insert(db)
    }
}

extension RecordedEvent {
    static func fetch(_ db: Database, after sequence: Int64, limit: Int) throws -> [RecordedEvent] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT sequence, digest, time, action, account, subject, actor, address FROM audit_event
                WHERE sequence > ? ORDER BY sequence LIMIT ?
                """, arguments: [sequence, limit]
        ).map(RecordedEvent.init)
    }

    func insert(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO audit_event (sequence, time, action, account, subject, actor, address, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            sequence, event.time.microseconds, event.action.rawValue, event.account?.rawValue, event.subject,
            event.actor, event.address, Data(digest),
        ])
    }

    fileprivate init(_ row: Row) throws(StoreError) {
        let account: String? = try row.optional(4)
        self.init(
            sequence: try row.value(0),
            event: AuditEvent(
                time: try row.time(2), action: try row.word(3), account: account.flatMap { AccountID($0) },
                subject: try row.optional(5), actor: try row.value(6), address: try row.optional(7)),
            digest: try row.bytes(1))
    }
}
