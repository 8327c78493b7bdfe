import Foundation
import GRDB
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningSQLite
@testable import StreamSigningStore

@Suite("The SQLite store")
struct SQLiteKeyStoreTests {
    @Test("keeps its files to their owner")
    func modes() async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data)
        try await store.add(Sample.key())
        #expect(try folder.mode(folder.data.path) == 0o700)
        for suffix in ["", "-wal", "-shm"] {
            #expect(try folder.mode(folder.data.database + suffix) == 0o600, "\(suffix)")
        }
        await store.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.data.path)
        #expect(names == ["stream-signing.sqlite"], "the write-ahead log went into the database")
    }

    @Test(
        "refuses a database and a folder that every user may change, unless the operator allows that",
        arguments: [(0o644, 0o700), (0o602, 0o700), (0o600, 0o777), (0o600, 0o702), (0o600, 0o1777)])
    func openToEveryone(file: Int, directory: Int) async throws {
        let folder = try ScratchFolder()
        await (try SQLiteKeyStore(in: folder.data)).close()
        #expect(folder.data.warnings.isEmpty)
        try folder.setMode(file, folder.data.database)
        try folder.setMode(directory, folder.data.path)
        let reason = #expect(throws: StoreError(.refused, "")) { try SQLiteKeyStore(in: folder.data) }?.reason
        let (mode, remedy) = file == 0o600 ? (directory, "chmod 700") : (file, "chmod 600")
        for part in ["mode \(String(mode, radix: 8))", remedy, "STREAMSIGN_FILE_RIGHTS=warn"] {
            #expect(reason?.contains(part) == true, "\(part)")
        }
        let allowed = DataDirectory(folder.data.path, rights: .warn)
        await (try SQLiteKeyStore(in: allowed)).close()
        #expect(allowed.warnings.count == 1)
    }

    @Test(
        "takes a database and a folder that a group may change",
        arguments: [(0o660, 0o2770), (0o640, 0o775), (0o660, 0o750), (0o600, 0o755)])
    func openToGroup(file: Int, directory: Int) async throws {
        let folder = try ScratchFolder()
        await (try SQLiteKeyStore(in: folder.data)).close()
        try folder.setMode(file, folder.data.database)
        try folder.setMode(directory, folder.data.path)
        let store = try SQLiteKeyStore(in: folder.data)
        try await store.add(Sample.key())
        await store.close()
        let told = (file & 0o060 == 0 ? 0 : 1) + (directory & 0o020 == 0 ? 0 : 1)
        #expect(folder.data.warnings.count == told)
        #expect(folder.data.warnings.allSatisfy { $0.contains("its group may") })
    }

    @Test("refuses a database of a newer version, and leaves it as it is")
    func newerSchema() async throws {
        let folder = try ScratchFolder()
        await (try SQLiteKeyStore(in: folder.data)).close()
        try raw(folder) { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 from the future')") }
        let before = FileManager.default.contents(atPath: folder.data.database)
        let error = #expect(throws: StoreError(.refused, "")) { try SQLiteKeyStore(in: folder.data) }
        #expect(error?.reason.contains("newer version") == true)
        #expect(FileManager.default.contents(atPath: folder.data.database) == before)
    }

    @Test("refuses the database of another program, and leaves it as it is")
    func foreignDatabase() throws {
        let folder = try ScratchFolder()
        try folder.data.prepare()
        try raw(folder) { try $0.execute(sql: "CREATE TABLE photos (id)") }
        try folder.setMode(0o600, folder.data.database)
        let before = FileManager.default.contents(atPath: folder.data.database)
        #expect(throws: StoreError(.refused, "")) { try SQLiteKeyStore(in: folder.data) }
        #expect(FileManager.default.contents(atPath: folder.data.database) == before)
    }

    @Test("finishes a first start that ended before the first migration")
    func interruptedFirstStart() async throws {
        let folder = try ScratchFolder()
        try folder.data.prepare()
        try raw(folder) {
            try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try folder.setMode(0o600, folder.data.database)
        let store = try SQLiteKeyStore(in: folder.data)
        _ = try await store.add(Sample.key())
        await store.close()
    }

    @Test("says that a file is no database, and that a database is damaged")
    func damaged() async throws {
        let folder = try ScratchFolder()
        try folder.data.prepare()
        try folder.write([UInt8](repeating: 0x41, count: 8_192), to: folder.data.database)
        #expect(throws: StoreError(.corrupt, "")) { try SQLiteKeyStore(in: folder.data) }

        let other = try ScratchFolder()
        let store = try SQLiteKeyStore(in: other.data)
        for _ in 0..<60 { try await store.add(Sample.key()) }
        await store.close()
        var bytes = Array(try #require(FileManager.default.contents(atPath: other.data.database)))
        for index in bytes.indices.dropFirst(4_096) where index % 4_096 < 200 { bytes[index] = 0xFF }
        try other.write(bytes, to: other.data.database)
        await #expect(throws: StoreError(.corrupt, "")) {
            let store = try SQLiteKeyStore(in: other.data)
            _ = try await store.snapshot()
        }
    }

    @Test("survives a full disk: what was acknowledged is there, what was refused is not")
    func fullDisk() async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data, pageLimit: 60, busyTimeout: 5)
        let (acknowledged, failure) = try await fill(store)
        #expect(failure?.code == .unavailable && failure?.reason.contains("full") == true)
        #expect(try await store.ids() == acknowledged)
        await store.close()
        let again = try SQLiteKeyStore(in: folder.data)
        #expect(try await again.ids() == acknowledged)
        #expect(try await again.audit(after: 0, limit: .max).count == acknowledged.count)
        try await again.add(Sample.key())
        try await again.checkIntegrity()
    }

    /// Adds keys until the store refuses one.
    private func fill(_ store: SQLiteKeyStore) async throws -> ([KeyID], StoreError?) {
        var added: [KeyID] = []
        for _ in 0..<10_000 {
            let key = try Sample.key()
            do throws(StoreError) {
                try await store.add(key)
            } catch {
                return (added, error)
            }
            added.append(key.key.id)
        }
        return (added, nil)
    }

    @Test("says that another process keeps the database locked, and changes nothing")
    func locked() async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data, pageLimit: nil, busyTimeout: 0.1)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.data.database, configuration: configuration)
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        let error = await #expect(throws: StoreError(.unavailable, "")) { try await store.add(Sample.key()) }
        #expect(error?.reason.contains("locked") == true)
        #expect(try await store.ids().isEmpty, "readers are not held up")
        try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        try await store.add(Sample.key())
    }

    @Test("is not available any more when its file was removed or replaced")
    func removedFile() async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data)
        try await store.add(Sample.key())
        let backup = try #require(FileManager.default.contents(atPath: folder.data.database))
        try FileManager.default.removeItem(atPath: folder.data.database)
        await #expect(throws: StoreError(.unavailable, "")) { try await store.add(Sample.key()) }
        await #expect(throws: StoreError(.unavailable, "")) {
            try await store.changes(after: ChangeNumber(rawValue: 0), limit: 1)
        }
        try folder.write(backup, to: folder.data.database)
        await #expect(throws: StoreError(.unavailable, "")) { try await store.add(Sample.key()) }
    }

    @Test("has its commits on the disk before it answers")
    func synchronous() async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data)
        // 2 is FULL. It belongs to the connection, and NORMAL may lose the last commits when the power fails.
        #expect(try await store.setting("synchronous") == "2")
        #expect(try await store.setting("journal_mode") == "wal")
        #expect(try await store.setting("foreign_keys") == "1")
        #expect(try await store.setting("secure_delete") == "1")
        #expect(try await store.setting("wal_autocheckpoint") == "4096")
    }

    @Test("uses an index for every question that requests ask", arguments: SQLiteKeyStoreTests.questions)
    func queryPlans(_ sql: String) async throws {
        let folder = try ScratchFolder()
        await (try SQLiteKeyStore(in: folder.data)).close()
        let plan = try raw(folder) { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
        }
        #expect(!plan.isEmpty && plan.allSatisfy { $0.hasPrefix("SEARCH") || $0.hasPrefix("SCAN (") }, "\(plan)")
    }

    static let questions = [
        "SELECT id, created FROM signing_key WHERE account = 'a' AND revoked IS NULL ORDER BY position",
        "SELECT public_key FROM signing_key WHERE id = 'k' AND account = 'a' AND revoked IS NULL",
        "UPDATE signing_key SET revoked = 1 WHERE id = 'k' AND account = 'a' AND revoked IS NULL",
        "SELECT 1 FROM signing_key WHERE account = 'a' AND thumbprint = x'00'",
        "SELECT 1 FROM signing_key WHERE account = 'a' AND origin = 'service' AND revoked IS NULL",
        StoreChange.selection + " WHERE number > 5 ORDER BY number LIMIT 9",
        "SELECT 1 FROM audit_event WHERE sequence > 5 ORDER BY sequence LIMIT 9",
    ]
}

@discardableResult
func raw<Value>(_ folder: ScratchFolder, _ body: (Database) throws -> Value) throws -> Value {
    let queue = try DatabaseQueue(path: folder.data.database)
    defer { try? queue.close() }
    return try queue.write(body)
}
