import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningPostgreSQL
@testable import StreamSigningStore

@Suite("The PostgreSQL store", .needsPostgreSQL)
struct PostgreSQLKeyStoreTests {
    @Test("is made once by nodes that start at once")
    func openedAtOnce() async throws {
        try await TestDatabase.use { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { try await database.open(readers: 1).add(Sample.key()) } }
                try await group.waitForAll()
            }
            #expect(
                try await database.sql("SELECT count(*) FROM migration") == "\(PostgreSQLSchema.migrations.count)")
            #expect(try await database.sql("SELECT change_number FROM store_state") == "6")
        }
    }

    @Test("refuses a database of a newer version, and leaves it as it is")
    func newerSchema() async throws {
        try await TestDatabase.use { database in
            _ = try await database.open()
            try await database.sql("INSERT INTO migration (number, name) VALUES (99, 'from the future')")
            let error = await #expect(throws: StoreError(.refused, "")) { try await database.open() }
            #expect(error?.reason.contains("newer version") == true)
            #expect(try await database.sql("SELECT max(number) FROM migration") == "99")
        }
    }

    @Test("refuses the tables of another program, and leaves them as they are")
    func foreignTables() async throws {
        try await TestDatabase.use { database in
            try await database.sql("CREATE SCHEMA \(database.schema); CREATE TABLE signing_key (photo text)")
            await #expect(throws: StoreError(.refused, "")) { try await database.open() }
            #expect(
                try await database.sql("SELECT count(*) FROM pg_tables WHERE schemaname = '\(database.schema)'")
                    == "1")
        }
    }

    @Test("wants its texts in UTF-8")
    func encoding() async throws {
        try await TestDatabase.use { database in
            try await database.psql("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
            try await TestDatabase.use(database.url.replacing("/postgres", with: "/latin")) { latin in
                let error = await #expect(throws: StoreError(.refused, "")) { try await latin.open() }
                #expect(error?.reason.contains("UTF8") == true)
            }
        }
    }

    @Test("keeps the audit log from being changed by anybody")
    func appendOnly() async throws {
        try await TestDatabase.use { database in
            try await database.open().append(Sample.event())
            for change in ["UPDATE audit_event SET actor = ''", "DELETE FROM audit_event", "TRUNCATE audit_event"] {
                await #expect(throws: (any Error).self, "\(change)") { try await database.sql(change) }
            }
            #expect(try await database.sql("SELECT count(*) FROM audit_event") == "1")
        }
    }

    @Test("answers a commit when it is on the disk, whatever the role's settings say")
    func synchronousCommit() async throws {
        try await TestDatabase.use { database in
            let url = try #require(TestDatabase.url) + "?options=-csynchronous_commit%3Doff"
            try await TestDatabase.use(url, schema: database.schema) { careless in
                let setting = try await careless.open().sessionSetting("synchronous_commit")
                #expect(setting == "on")
            }
            let local = url.replacing("off", with: "remote_apply")
            try await TestDatabase.use(local, schema: database.schema) { careful in
                let setting = try await careful.open().sessionSetting("synchronous_commit")
                #expect(setting == "remote_apply")
            }
        }
    }

    @Test("does not let what the database refuses in one write harm those beside it")
    func poisonedBatch() async throws {
        try await TestDatabase.use { database in
            let store = try await database.open()
            try await database.sql(
                "ALTER TABLE signing_key ADD CHECK (account <> 'poison'); INSERT INTO migration VALUES (0, 'test')")
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<60 {
                    let key = try Sample.key(of: Sample.account(index % 20 == 3 ? "poison" : "a"))
                    group.addTask { (try? await store.add(key)) != nil }
                }
                return try await group.reduce(into: [true: 0, false: 0]) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == [true: 57, false: 3])
            #expect(try await store.allChanges().count == 57)
        }
    }

    @Test("commits nothing of a write that is refused after it has written")
    func refusedAfterWriting() async throws {
        try await TestDatabase.use { database in
            let store = try await database.open()
            let refusal = StoreError(.unavailable, "the digest cannot be computed")
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<40 {
                    let key = try Sample.key()
                    group.addTask {
                        if index % 4 == 3 {
                            return
                                (try? await store.write { transaction in
                                    try transaction.append(Sample.event(subject: "refused"))
                                    throw refusal
                                }) != nil
                        }
                        return (try? await store.add(key)) != nil
                    }
                }
                return try await group.reduce(into: [true: 0, false: 0]) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == [true: 30, false: 10])
            let events = try await store.audit(after: 0, limit: .max)
            #expect(events.count == 30 && !events.contains { $0.event.subject == "refused" })
            try await store.archive().check()
        }
    }

    @Test("comes back from a dump as it was")
    func dump() async throws {
        try await TestDatabase.use { database in
            let folder = try ScratchFolder()
            let store = try await database.open()
            let key = try Sample.key()
            try await store.add(key)
            try await store.add(Sample.key())
            try await store.delete(key.key.id)
            try await store.insert(Sample.credential(), audit: Sample.event(.credentialCreated))
            let name = "restored_\(database.schema)"
            try await database.psql("CREATE DATABASE \(name) ENCODING 'UTF8' TEMPLATE template0")
            let url = database.url.replacing("/postgres", with: "/\(name)")
            let file = "\(folder.path)/keys.dump"
            try await TestDatabase.run(
                "/usr/bin/env",
                ["pg_dump", "--format", "custom", "--schema", database.schema, "--file", file, database.url])
            try await TestDatabase.run(
                "/usr/bin/env", ["pg_restore", "--exit-on-error", "--no-owner", "--dbname", url, file])
            let archive = try await store.archive()
            try await TestDatabase.use(url, schema: database.schema) { restored in
                let again = try await restored.open()
                let same = try await again.archive()
                #expect(same == archive)
                let next = try await again.add(Sample.key())
                #expect(next.rawValue == 4)
            }
        }
    }

    @Test("uses an index for every question that requests ask", arguments: PostgreSQLKeyStoreTests.questions)
    func queryPlans(_ sql: String) async throws {
        try await TestDatabase.use { database in
            _ = try await database.open()
            let plan = try await database.sql("SET enable_seqscan = off; EXPLAIN \(sql)")
            #expect(plan.contains("Index") && !plan.contains("Seq Scan"), "\(plan)")
        }
    }

    static let questions = [
        "SELECT id, created FROM signing_key WHERE account = 'a' AND revoked IS NULL ORDER BY position",
        "SELECT public_key FROM signing_key WHERE id = 'k' AND account = 'a' AND revoked IS NULL",
        "SELECT 1 FROM signing_key WHERE account = 'a' AND thumbprint = ''",
        "SELECT 1 FROM signing_key WHERE account = 'a' AND origin = 'service' AND revoked IS NULL",
        StoreChange.selection + " WHERE number > 5 ORDER BY number LIMIT 9",
        "SELECT 1 FROM audit_event WHERE sequence > 5 ORDER BY sequence LIMIT 9",
    ]

    @Test("wakes followers without the clock", .timeLimit(.minutes(10)))
    func signals() async throws {
        try await TestDatabase.use { database in
            let (here, there) = (try await database.open(), try await database.open())
            let (woken, seen) = (here.changeSignals(every: .seconds(3600)), AsyncStream<Void>.makeStream())
            let follower = Task {
                var number: Int64 = 0
                for await _ in woken {
                    for change in (try? await here.allChanges(after: number)) ?? [] {
                        number = change.number.rawValue
                        seen.continuation.yield()
                    }
                }
            }
            defer { follower.cancel() }
            var sightings = seen.stream.makeAsyncIterator()
            // One after another, so that none can be seen by the signal for the next.
            for _ in 0..<20 {
                try await there.add(Sample.key())
                _ = await sightings.next()
            }
        }
    }

    @Test("ends the signals when it is closed")
    func signalsEnd() async throws {
        try await TestDatabase.use { database in
            let store = try await database.open()
            let before = store.changeSignals(every: .milliseconds(500))
            await store.close()
            for await _ in before {}
            for await _ in store.changeSignals(every: .milliseconds(500)) {}
        }
    }
}
