import Foundation
import GRDB
import StreamSigning
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningSQLite
@testable import StreamSigningStore

@Suite("The size of a SQLite store")
struct SQLiteSizeTests {
    private let folder: ScratchFolder
    private let store: SQLiteKeyStore

    init() throws {
        folder = try ScratchFolder()
        store = try SQLiteKeyStore(in: folder.data)
    }

    /// Imports keys and deletes each at once, as clients do with two requests; many to a transaction, for the disk's sake.
    private func churn(_ pairs: Int) async throws {
        let account = try AccountID.random()
        for _ in 0..<pairs / 500 {
            let keys = try (0..<500).map { _ in try KeyRow(Sample.key(of: account, origin: .imported)) }
            let ids = try (0..<500).map { _ in try KeyID.random().rawValue }
            try await store.write { db in
                for (key, id) in zip(keys, ids) {
                    try db.insert(key)
                    let position = db.lastInsertedRowID
                    _ = try db.recordChange(.keyAdded, key: position)
                    try db.append(Self.event(.keyImported, id, account))
                    try db.run(
                        "UPDATE signing_key SET revoked = $1 WHERE position = $2",
                        [.time(Sample.time), .integer(position)])
                    _ = try db.recordChange(.keyRevoked, key: position)
                    try db.append(Self.event(.keyDeleted, id, account))
                }
            }
            try await store.compactAll(CompactionLimits())
        }
    }

    private static func event(_ action: AuditEvent.Action, _ id: String, _ account: AccountID) -> AuditEvent {
        AuditEvent(
            time: Sample.time + .microseconds(id.hashValue & 0xFFFFF), action: action, account: account, subject: id,
            actor: "0acf000d0d5a4b33", address: "192.0.2.7")
    }

    private func bytes() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder.data.path).reduce(0) { sum, name in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.data.path)/\(name)")
            return sum + ((attributes[.size] as? NSNumber)?.intValue ?? 0)
        }
    }

    @Test("grows by less than 100 bytes with each key that is imported and deleted")
    func churn() async throws {
        try await churn(4_000)
        let start = try await store.write { db in try Self.used(db) }
        try await churn(8_000)
        let end = try await store.write { db in try Self.used(db) }
        #expect((end - start) / 8_000 < 95, "\((end - start) / 8_000) bytes a pair")
        try await store.archive().check()
        await store.close()
        #expect(try bytes() < 12_000 * 100 + 2_000_000, "what is recent, and what was free in between")
    }

    /// Bytes of pages that hold something.
    private static func used(_ db: Database) throws -> Int {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
        return (pages - free) * 4_096
    }

    @Test("does not let packed events be changed or removed, nor others that are not packed")
    func packedEvents() async throws {
        for index in 0..<10 { try await store.append(Sample.event(subject: "\(index)")) }
        try await store.compactAll()
        for statement in [
            "DELETE FROM audit_segment", "UPDATE audit_segment SET last = 99", "DELETE FROM audit_event",
            "UPDATE audit_event SET actor = 'x'",
        ] {
            #expect(throws: DatabaseError.self, "\(statement)") { try raw(folder) { try $0.execute(sql: statement) } }
        }
        await store.close()
    }

    @Test("is not sound if another change is missing than those of compacted keys, or an id is not taken any more")
    func soundness() async throws {
        _ = try await KeyStoreContract.Churn(in: store)
        try await store.compactAll()
        try await store.archive().check()
        let first = "number = (SELECT min(number) FROM change WHERE kind = 'compacted')"
        try raw(folder) { try $0.execute(sql: "UPDATE change SET subject = subject - 1 WHERE \(first)") }
        var archive = try await store.archive()
        #expect(throws: StoreError(.corrupt, "")) { try archive.check() }
        try raw(folder) { try $0.execute(sql: "UPDATE change SET subject = subject + 1 WHERE \(first)") }
        archive = try await store.archive()
        try archive.check()
        try raw(folder) { try $0.execute(sql: "DELETE FROM compacted_key") }
        archive = try await store.archive()
        #expect(throws: StoreError(.corrupt, "")) { try archive.check() }
        await store.close()
    }

    @Test("does not pack a log that was tampered with, so that the place still shows")
    func tampered() async throws {
        for index in 0..<10 { try await store.append(Sample.event(subject: "\(index)")) }
        try raw(folder) { db in
            try db.execute(
                sql: "DROP TRIGGER audit_event_is_final; UPDATE audit_event SET actor = 'x' WHERE sequence = 3")
        }
        await #expect(throws: StoreError(.corrupt, "")) { try await store.compactAll() }
        let events = try await store.audit(after: 0, limit: .max)
        #expect(try AuditChain.firstBreak(in: events, after: nil) == 3)
        await store.close()
    }
}
