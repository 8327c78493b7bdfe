import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningPostgreSQL
@testable import StreamSigningStore

@Suite("Nodes on one PostgreSQL database", .needsPostgreSQL)
struct PostgreSQLProcessTests {
    @Test("write at once: the limit holds, numbers have no gap, and a follower misses nothing")
    func threeProcesses() async throws {
        try await TestDatabase.use { database in
            let store = try await database.open()
            let follower = Task { try await Self.follow(store, until: 100) }
            let others = Task { await Self.write(in: database.schema) }
            let mine = try await Self.fill(store)
            await others.value
            #expect(mine > 0)
            let listed = try await store.ids().count
            #expect(listed == 100, "the limit, over all")
            let seen = try await follower.value
            #expect(seen == Array(Int64(1)...100))
            try await store.archive().check()
        }
    }

    private static func follow(_ store: PostgreSQLKeyStore, until last: Int) async throws -> [Int64] {
        var seen: [Int64] = []
        for await _ in store.changeSignals(every: .milliseconds(500)) {
            seen += try await store.allChanges(after: seen.last ?? 0).map(\.number.rawValue)
            if seen.count >= last { break }
        }
        return seen
    }

    private static func write(in schema: String) async {
        async let one: Void = writeInAnotherProcess(schema)
        async let two: Void = writeInAnotherProcess(schema)
        _ = await (one, two)
    }

    private static func writeInAnotherProcess(_ schema: String) async {
        await #expect(processExitsWith: .success) { [schema = schema as String] in
            try await TestDatabase.use(schema: schema) { database in
                _ = try await PostgreSQLProcessTests.fill(database.open())
            }
        }
    }

    private static func fill(_ store: PostgreSQLKeyStore) async throws -> Int {
        // Two of three cannot reach the limit.
        let keys = try (0..<40).map { _ in try Sample.key() }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for key in keys { group.addTask { try await add(key, to: store) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
    }

    private static func add(_ key: StoredKey, to store: PostgreSQLKeyStore) async throws -> Bool {
        do throws(StoreError) {
            try await store.add(key, limit: 100)
            return true
        } catch {
            guard error.code == .limitReached else { throw error }
            return false
        }
    }
}
