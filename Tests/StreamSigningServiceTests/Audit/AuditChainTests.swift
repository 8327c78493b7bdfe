import GRDB
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningSQLite
@testable import StreamSigningStore

@Suite("The audit log")
struct AuditChainTests {
    @Test("is only ever added to", arguments: ["UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event"])
    func final(_ sql: String) async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data)
        try await store.append(Sample.event())
        #expect(throws: DatabaseError.self) { try raw(folder) { try $0.execute(sql: sql) } }
        #expect(try await store.audit(after: 0, limit: 9).map(\.event) == [Sample.event()])
    }

    @Test(
        "shows what was done to it behind its back",
        arguments: [
            ("UPDATE audit_event SET actor = 'x' WHERE sequence = 3", 3),
            ("UPDATE audit_event SET time = time + 1 WHERE sequence = 1", 1),
            ("UPDATE audit_event SET address = NULL WHERE sequence = 2", 2),
            ("DELETE FROM audit_event WHERE sequence = 4", 4),
            ("UPDATE audit_event SET digest = zeroblob(32) WHERE sequence = 5", 5),
        ])
    func tampered(_ sql: String, breaksAt: Int64) async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data)
        for index in 0..<5 { try await store.append(Sample.event(subject: "\(index)")) }
        try raw(folder) { db in
            try db.execute(sql: "DROP TRIGGER audit_event_is_final; DROP TRIGGER audit_event_stays; \(sql)")
        }
        let events = try await store.audit(after: 0, limit: 9)
        #expect(try AuditChain.firstBreak(in: events, after: nil) == breaksAt)
    }

    @Test("keeps fields apart")
    func fieldBoundaries() throws {
        let events = [
            AuditEvent(time: 0, action: .keyCreated, account: nil, subject: "ab", actor: "c"),
            AuditEvent(time: 0, action: .keyCreated, account: nil, subject: "a", actor: "bc"),
            AuditEvent(time: 0, action: .keyCreated, account: nil, subject: "", actor: "abc"),
            AuditEvent(time: 0, action: .keyCreated, account: nil, subject: nil, actor: "abc"),
            AuditEvent(time: 0, action: .keyCreated, account: AccountID("ab"), subject: nil, actor: "c"),
            AuditEvent(time: 0, action: .keyCreated, account: nil, subject: "ab", actor: "c", fingerprint: 1),
            AuditEvent(time: 0, action: .keyCreated, account: nil, subject: "ab", actor: "c", fingerprint: 2),
        ]
        let digests = try events.map { try AuditChain.digest(of: $0, sequence: 1, after: AuditChain.start) }
        #expect(Set(digests).count == events.count)
    }
}
