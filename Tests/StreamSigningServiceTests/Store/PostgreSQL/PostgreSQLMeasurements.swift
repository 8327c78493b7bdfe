import Foundation
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningPostgreSQL
@testable import StreamSigningStore

/// Figures, not promises: run with `STREAMSIGN_MEASURE=1` and an optimised build.
@Suite(
    "Measurements of the PostgreSQL store", .serialized, .needsPostgreSQL,
    .enabled(if: ProcessInfo.processInfo.environment["STREAMSIGN_MEASURE"] != nil))
struct PostgreSQLMeasurements {
    @Test("a snapshot of 100,000 keys")
    func snapshot() async throws {
        try await TestDatabase.use { database in
            let store = try await database.open()
            try await database.sql(
                """
                INSERT INTO signing_key (position, id, account, thumbprint, public_key, origin, created)
                    SELECT n, md5(n::text), 'account' || n / 1000, sha256(n::text::bytea),
                        decode(repeat(md5(n::text), 17), 'hex'), 'created', n
                    FROM generate_series(1, 100000) n;
                INSERT INTO key_change (number, kind, key) SELECT n, 'added', n FROM generate_series(1, 100000) n;
                UPDATE store_state SET change_number = 100000
                """)
            for _ in 0..<3 {
                var count = 0
                let elapsed = try await ContinuousClock().measure { count = try await store.snapshot().keys.count }
                #expect(count == 100_000)
                print("snapshot of 100,000 keys:", elapsed)
            }
        }
    }

    @Test("writes of three nodes")
    func writes() async throws {
        try await TestDatabase.use { database in
            let nodes = [try await database.open(), try await database.open(), try await database.open()]
            let keys = try (0..<3_000).map { index in try Sample.key(of: Sample.account("a\(index % 30)")) }
            let elapsed = try await ContinuousClock().measure {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (index, key) in keys.enumerated() {
                        // 96 at once.
                        if index >= 96 { try await group.next() }
                        group.addTask { try await nodes[index % 3].add(key) }
                    }
                    try await group.waitForAll()
                }
            }
            print("3,000 creations on three nodes:", elapsed)
            let alone = try await ContinuousClock().measure {
                for _ in 0..<100 { try await nodes[0].add(Sample.key()) }
            }
            print("a creation alone:", alone / 100)
        }
    }
}
