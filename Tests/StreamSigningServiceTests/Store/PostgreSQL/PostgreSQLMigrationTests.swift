import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningPostgreSQL
@testable import StreamSigningStore

@Suite("A PostgreSQL database of version 1", .needsPostgreSQL)
struct PostgreSQLMigrationTests {
    private func use(_ body: (TestDatabase) async throws -> Void) async throws {
        try await TestDatabase.use { database in
            let dump = String(decoding: try Version1.bytes("postgresql.sql"), as: UTF8.self)
            try await database.psql(
                dump.replacing("streamsign.", with: "\(database.schema).")
                    .replacing("CREATE SCHEMA streamsign;", with: "CREATE SCHEMA \(database.schema);"))
            try await body(database)
        }
    }

    @Test("holds the same after it was migrated, and is migrated once")
    func migrated() async throws {
        try await use { database in
            let changes = try await database.sql(Version1.changes).split(separator: "\n").map { String($0) }
            let keys = try await database.sql(Version1.keys { "encode(\($0), 'hex')" })
                .split(separator: "\n").map { String($0) }
            #expect(changes.count == 18 && keys.count == 13)
            let store = try await database.open()
            let archive = try await store.archive()
            #expect(Version1.lines(of: archive.changes) == changes)
            #expect(try Version1.lines(of: archive.keys) == keys)
            try await Version1.check(archive, store)

            let again = try await database.open()
            let same = try await again.archive()
            #expect(same == archive)
            let migrations = PostgreSQLSchema.migrations.count
            #expect(try await database.sql("SELECT count(*) FROM migration") == "\(migrations)")
            #expect(try await again.add(Sample.key()).rawValue == 19, "numbers go on where they stopped")
        }
    }

    @Test("serves nodes of version 1 that still run: each sees the other's keys and deletions")
    func oldNode() async throws {
        try await use { database in
            let store = try await database.open()
            let new = try Sample.key()
            try await store.add(new)
            try await store.delete(new.key.id)
            let read = try await database.sql(Self.oldChanges)
            #expect(read.contains("19|a|\(new.key.id)|added|") && read.contains("20|a|\(new.key.id)|revoked|"))

            let key = try Sample.publicKey()
            try await database.sql(
                Self.oldTurn(
                    21,
                    """
                    WITH inserted AS (
                        INSERT INTO signing_key (position, id, account, thumbprint, public_key, origin, created, sealed)
                        VALUES (21, '\(key.id)', 'a', '\\x\(Hex.encode(try key.thumbprintBytes()))',
                            '\\x\(Hex.encode(try key.pkcs1DER()))', 'created', 7, NULL)
                    )
                    INSERT INTO key_change (number, kind, key) VALUES (21, 'added', 21)
                    """))
            try await database.sql(
                Self.oldTurn(
                    22,
                    """
                    WITH revoked AS (
                        UPDATE signing_key SET revoked = 8, sealed = NULL WHERE position = 21
                    )
                    INSERT INTO key_change (number, kind, key) VALUES (22, 'revoked', 21)
                    """))
            let changes = try await store.allChanges(after: 20)
            #expect(changes.map(\.content) == [.added(try StoredPublicKey(key)), .revoked(key.id)])
            #expect(changes.map(\.time.microseconds) == [7, 8])
            try await store.archive().check()
        }
    }

    @Test("gives no id or key of a compacted key again, not even on a node of version 1 that still runs")
    func compactedKeys() async throws {
        try await use { database in
            let store = try await database.open()
            let before = try await store.snapshot()
            let deleted = try Sample.key()
            try await store.add(deleted)
            try await store.delete(deleted.key.id)
            for _ in 0..<4 { try await store.add(Sample.key()) }
            try await store.compactAll()
            let after = try await store.snapshot()
            #expect(after.revoked.isEmpty && after.compacted.count == before.revoked.count + 1)
            try await store.archive().check()
            let other = try Sample.publicKey()
            let number = after.number.rawValue + 1
            for (id, key) in [(deleted.key.id, other), (other.id, deleted.key)] {
                let failure = await #expect(throws: ProgramFailure.self) {
                    try await database.sql(
                        Self.oldTurn(
                            Int(number),
                            """
                            INSERT INTO signing_key (position, id, account, thumbprint, public_key, origin, created)
                            VALUES (\(number), '\(id)', 'a', '\\x\(Hex.encode(try key.thumbprintBytes()))',
                                '\\x\(Hex.encode(try key.pkcs1DER()))', 'imported', 7)
                            """))
                }
                #expect(failure?.complaint.contains("in use by a deleted key") == true)
            }
        }
    }

    @Test("shows a node of version 1 every change that is not about a key, so that it refuses")
    func unknownKind() async throws {
        try await use { database in
            let store = try await database.open()
            try await database.sql(
                Self.oldTurn(
                    19,
                    """
                    INSERT INTO change (number, kind, account, subject, payload, time)
                    VALUES (19, 'viewer_revoked', 'first', 'viewer 7', '{"until":1}', 5)
                    """))
            let read = try await database.sql(Self.oldChanges + " OFFSET 18")
            #expect(read.contains("|viewer_revoked|"))
            let change = try #require(try await store.allChanges(after: 18).first)
            #expect(change.content.subject == "viewer 7" && change.content.payload == #"{"until":1}"#)
            #expect(throws: StoreError.unknownChange) { try change.check() }
        }
    }

    @Test("shows a node of version 1 a revocation, so that it refuses")
    func revocation() async throws {
        try await use { database in
            let store = try await database.open()
            let revocation = try Sample.revocation()
            try await store.add([revocation])
            #expect(try await database.sql(Self.oldChanges + " OFFSET 18").contains("|revocation_added|"))
            _ = try await store.removeEndedRevocations(by: revocation.until, limit: 10)
            #expect(try await database.sql(Self.oldChanges + " OFFSET 18").contains("|ended|"))
            try await store.archive().check()
        }
    }

    @Test("gives no snapshot once a newer version has changed the tables")
    func newerVersion() async throws {
        try await use { database in
            let store = try await database.open()
            _ = try await store.snapshot()
            try await database.sql("INSERT INTO migration (number, name) VALUES (99, 'from the future')")
            await #expect(throws: StoreError(.refused, "")) { try await store.snapshot() }
        }
    }

    /// What version 1 asks.
    private static let oldChanges = """
        SELECT number, account, id, kind, public_key, CASE kind WHEN 'added' THEN created ELSE revoked END
        FROM key_change JOIN signing_key ON position = key
        WHERE number > 0 ORDER BY number LIMIT 1024
        """

    /// A transaction as version 1 makes it.
    private static func oldTurn(_ number: Int, _ statement: String) -> String {
        """
        BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
        SELECT change_number FROM store_state FOR UPDATE;
        \(statement);
        UPDATE store_state SET change_number = \(number);
        COMMIT
        """
    }
}
