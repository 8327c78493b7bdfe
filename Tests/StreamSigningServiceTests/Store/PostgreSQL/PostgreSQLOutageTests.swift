import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Synchronization
import Testing

@testable import StreamSigningPostgreSQL
@testable import StreamSigningStore

@Suite("PostgreSQL that fails", .needsPostgreSQL, .serialized)
struct PostgreSQLOutageTests {
    @Test("by kill -9 in the midst of writes: what was acknowledged is there, and every node recovers by itself")
    func killed() async throws {
        let server = try ServerOfItsOwn()
        try await TestDatabase.use(server.url) { database in
            let nodes = [try await database.open(), try await database.open()]
            let journal = Journal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<6 {
                    group.addTask { try await journal.createAndDelete(on: nodes[index % 2]) }
                }
                for round in 1...4 {
                    try await journal.reached(created: round * 40)
                    try await server.order("kill")
                    try await server.order("start")
                }
                try await journal.reached(created: 200)
                journal.end()
                try await group.waitForAll()
            }
            for node in nodes { try await journal.check(node) }
        }
    }

    @Test("by ending idle connections: nobody notices")
    func terminated() async throws {
        let server = try ServerOfItsOwn()
        try await TestDatabase.use(server.url) { database in
            let store = try await database.open()
            for round in 1...5 {
                try await store.add(Sample.key())
                #expect(try await store.ids().count == round)
                try await database.sql(Self.terminateOthers)
            }
            try await server.order("restart")
            #expect(try await store.ids().count == 5)
        }
    }

    @Test("by ending connections in use: what was acknowledged is there")
    func terminatedInUse() async throws {
        let server = try ServerOfItsOwn()
        try await TestDatabase.use(server.url) { database in
            let store = try await database.open()
            let journal = Journal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { try await journal.createAndDelete(on: store) } }
                for round in 1...10 {
                    try await journal.reached(created: round * 20)
                    try await database.sql(Self.terminateOthers)
                }
                journal.end()
                try await group.waitForAll()
            }
            try await journal.check(store)
        }
    }

    private static let terminateOthers =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'streamsign'"

    @Test("by having no room: the connections that are there do all the work")
    func exhausted() async throws {
        let server = try ServerOfItsOwn()
        try await TestDatabase.use(server.url) { database in
            try await database.open().add(Sample.key())
            try await database.sql(
                """
                CREATE ROLE node LOGIN CONNECTION LIMIT 2;
                GRANT ALL ON SCHEMA \(database.schema) TO node;
                GRANT ALL ON ALL TABLES IN SCHEMA \(database.schema) TO node;
                """)
            let limited = server.url.replacing("streamsign@", with: "node@")
            try await TestDatabase.use(limited, schema: database.schema) { database in
                let store = try await database.open(readers: 8)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<40 {
                        group.addTask { _ = try await store.snapshot() }
                        group.addTask { try await store.add(Sample.key()) }
                    }
                    try await group.waitForAll()
                }
                #expect(try await store.ids().count == 41)
            }
        }
    }

    @Test("by a network that swallows everything: every call is answered in time, and the node recovers by itself")
    func blackHole() async throws {
        let server = try ServerOfItsOwn()
        let proxy = try await TestProxy(to: server.port)
        try await TestDatabase.use(server.url(through: proxy)) { database in
            let store = try await eventually { try await database.open(callTimeout: .seconds(1)) }
            try await eventually { try await store.add(Sample.key()) }
            try await proxy.become(.blackHole)
            let elapsed = try await ContinuousClock().measure {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<20 {
                        group.addTask { try await requireUnavailable { _ = try await store.ids() } }
                        group.addTask { try await requireUnavailable { try await store.add(Sample.key()) } }
                    }
                    try await group.waitForAll()
                }
            }
            // What stays unanswered would be given up by the kernel after a quarter of an hour.
            #expect(elapsed > .milliseconds(900) && elapsed < .seconds(60), "\(elapsed)")
            try await proxy.become(.fine)
            try await eventually { try await store.add(Sample.key()) }
            try await proxy.close()
        }
    }

    @Test("before a commit: the write is repeated, and nobody notices")
    func lostBeforeCommit() async throws {
        try await lose(.lostBefore("UPDATE store_state"), warmUp: false) { outcome, isThere, changes in
            #expect(outcome == nil && isThere && changes == 1)
        }
    }

    @Test("during a commit that arrives: not acknowledged, though it is there")
    func lostAfterCommit() async throws {
        try await lose(.lostAfter("commit"), warmUp: true) { outcome, isThere, changes in
            #expect(outcome?.code == .unavailable)
            #expect(outcome?.reason.contains("may or may not") == true)
            #expect(isThere && changes == 2)
        }
    }

    @Test("during a commit that does not arrive: not acknowledged, and not there")
    func lostOnTheWay() async throws {
        try await lose(.lostBefore("commit"), warmUp: true) { outcome, isThere, changes in
            #expect(outcome?.code == .unavailable)
            #expect(!isThere && changes == 1, "its number was given to nobody")
        }
    }

    /// Adds a key while the connection is lost at a certain word, and looks from another node what became of it.
    /// - Parameter warmUp: whether the statement was prepared before, so that its name is all that is sent.
    private func lose(
        _ weather: TestProxy.Weather, warmUp: Bool,
        _ check: (StoreError?, _ isThere: Bool, _ changes: Int) async throws -> Void
    ) async throws {
        let server = try ServerOfItsOwn()
        let proxy = try await TestProxy(to: server.port)
        try await TestDatabase.use(server.url(through: proxy)) { database in
            let store = try await database.open(readers: 1)
            if warmUp { try await store.add(Sample.key()) }
            let key = try Sample.key()
            try await proxy.become(weather)
            var outcome: StoreError?
            do throws(StoreError) {
                try await store.add(key)
            } catch {
                outcome = error
            }
            try await TestDatabase.use(server.url, schema: database.schema) { elsewhere in
                let other = try await elsewhere.open()
                let ids = try await other.ids()
                try await check(outcome, ids.contains(key.key.id), other.allChanges().count)
            }
            try await proxy.close()
        }
    }
}
