import GRDB
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningSQLite
@testable import StreamSigningStore

@Suite("A SQLite database of version 1")
struct SQLiteMigrationTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try folder.data.prepare()
        try folder.write(Version1.bytes("stream-signing.sqlite"), to: folder.data.database)
    }

    @Test("holds the same after it was migrated, and is migrated once")
    func migrated() async throws {
        let (changes, keys) = try raw(folder) { db in
            (
                try String.fetchAll(db, sql: Version1.changes),
                try String.fetchAll(db, sql: Version1.keys { "lower(hex(\($0)))" })
            )
        }
        #expect(changes.count == 12 && keys.count == 9)
        let store = try SQLiteKeyStore(in: folder.data)
        let archive = try await store.archive()
        #expect(Version1.lines(of: archive.changes) == changes)
        #expect(try Version1.lines(of: archive.keys) == keys)
        try await Version1.check(archive, store)
        try await store.checkIntegrity()
        await store.close()

        let again = try SQLiteKeyStore(in: folder.data)
        #expect(try await again.archive() == archive)
        #expect(try await again.add(Sample.key()).rawValue == 13, "numbers go on where they stopped")
        let migrations = try raw(folder) { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations") }
        #expect(Set(migrations) == Set(SQLiteSchema.migrator.migrations))
    }

    @Test("is compacted, with the keys that version 1 deleted")
    func compacted() async throws {
        let store = try SQLiteKeyStore(in: folder.data)
        let (before, events) = (try await store.snapshot(), try await store.audit(after: 0, limit: .max))
        for _ in 0..<4 { try await store.add(Sample.key()) }
        try await store.compactAll()
        let after = try await store.snapshot()
        #expect(!before.revoked.isEmpty && after.revoked.isEmpty)
        #expect(after.compacted.count == before.revoked.count)
        for (account, id) in before.revoked {
            #expect(try await store.holder(of: id) == KeyIDHolder(account: account, isDeleted: true))
        }
        #expect(try await store.audit(after: 0, limit: events.count) == events)
        try await store.archive().check()
        try await store.checkIntegrity()
    }

    @Test("takes no key from a process of the version before, which does not see what was compacted")
    func oldInsertion() async throws {
        let store = try SQLiteKeyStore(in: folder.data)
        #expect(throws: DatabaseError.self) {
            try raw(folder) { db in
                try db.execute(
                    sql: """
                        INSERT INTO signing_key (id, account, thumbprint, public_key, origin, created)
                        VALUES ('k', 'first', x'01', x'02', 'imported', 1)
                        """)
            }
        }
        await store.close()
    }

    @Test("leaves nothing to read for a process of version 1 that still runs")
    func oldProcess() async throws {
        let store = try SQLiteKeyStore(in: folder.data)
        #expect(throws: DatabaseError.self) { try raw(folder) { try Row.fetchAll($0, sql: Version1.changes) } }
        await store.close()
    }

    @Test("passes on a change of a kind that this version does not know, which nothing here goes past")
    func unknownKind() async throws {
        let store = try SQLiteKeyStore(in: folder.data)
        try raw(folder) { db in
            try db.execute(
                sql: """
                    INSERT INTO change (kind, account, subject, payload, time)
                    VALUES ('viewer_revoked', 'first', 'viewer 7', '{"until":1}', 5)
                    """)
        }
        let change = try #require(try await store.allChanges(after: 12).first)
        #expect(
            change.content
                == StoreChange.Content(
                    kind: ChangeKind(rawValue: "viewer_revoked"), subject: "viewer 7", payload: #"{"until":1}"#))
        #expect(change.account.rawValue == "first" && change.time.microseconds == 5)
        #expect(throws: StoreError.unknownChange) { try change.check() }
        let archive = try await store.archive()
        #expect(throws: StoreError.unknownChange) { try archive.check() }
    }

    @Test("gives no snapshot once a newer version has changed the tables")
    func newerVersion() async throws {
        let store = try SQLiteKeyStore(in: folder.data)
        _ = try await store.snapshot()
        try raw(folder) { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 from the future')") }
        await #expect(throws: StoreError(.refused, "")) { try await store.snapshot() }
    }
}
