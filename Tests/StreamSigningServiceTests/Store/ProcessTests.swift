import Foundation
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningSQLite
@testable import StreamSigningStore

@Suite("Other processes on the same database", .serialized)
struct ProcessTests {
    @Test("write at once with this one: the limit holds and nothing is lost")
    func twoWriters() async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data)
        let mine = try await Self.race(store, folder.data.path)
        let listed = try await store.ids().count
        #expect(listed == 100, "the limit, over both")
        #expect(mine > 0)
        let numbers = try await store.allChanges().map(\.number.rawValue)
        #expect(numbers == Array(Int64(1)...100))
        let events = try await store.audit(after: 0, limit: .max)
        let firstBreak = try AuditChain.firstBreak(in: events, after: nil)
        #expect(events.count == 100 && firstBreak == nil)
    }

    private static func race(_ store: SQLiteKeyStore, _ path: String) async throws -> Int {
        let other = Task { await write(count: 60, in: path) }
        let mine = try await fill(store, count: 60)
        await other.value
        return mine
    }

    private static func write(count: Int, in path: String) async {
        await #expect(processExitsWith: .success) { [path = path as String, count = count as Int] in
            let store = try SQLiteKeyStore(in: DataDirectory(path))
            _ = try await ProcessTests.fill(store, count: count)
            await store.close()
        }
    }

    private static func fill(_ store: SQLiteKeyStore, count: Int) async throws -> Int {
        var added = 0
        for _ in 0..<count {
            let key = try Sample.key()
            if try await add(key, to: store) { added += 1 }
        }
        return added
    }

    private static func add(_ key: StoredKey, to store: SQLiteKeyStore) async throws -> Bool {
        do throws(StoreError) {
            try await store.add(key, limit: 100)
            return true
        } catch {
            guard error.code == .limitReached else { throw error }
            return false
        }
    }

    @Test("die at any moment: what was acknowledged stays done, and the database opens clean")
    func killed() async throws {
        let folder = try ScratchFolder()
        let acknowledgements = "\(folder.path)/acknowledged"
        for _ in 0..<12 {
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = folder.data.path as String, log = acknowledgements as String] in
                try await MortalWriter(path, log: log).run()
            }
            try await check(folder.data, Acknowledged(acknowledgements))
        }
        let all = try Acknowledged(acknowledgements)
        #expect(all.created.count > 12 && !all.deleted.isEmpty, "\(all.created.count), \(all.deleted.count)")
    }

    private func check(_ data: DataDirectory, _ acknowledged: Acknowledged) async throws {
        let store = try SQLiteKeyStore(in: data)
        try await store.checkIntegrity()
        let snapshot = try await store.snapshot()
        let (live, revoked) = (Set(snapshot.keys.map(\.key.id)), Set(snapshot.revoked.map(\.id)))
        let lost = acknowledged.created.subtracting(acknowledged.attempted).subtracting(live)
        #expect(lost.isEmpty, "acknowledged creates are there")
        #expect(acknowledged.deleted.isSubset(of: revoked), "acknowledged deletions hold")
        #expect(
            acknowledged.attempted.isSubset(of: live.union(revoked)), "and what was cut off is one or the other")
        let changes = try await store.allChanges()
        let numbers: [Int64] = changes.map(\.number.rawValue)
        #expect(numbers == Array(1..<Int64(changes.count) + 1))
        let events = try await store.audit(after: 0, limit: .max)
        #expect(events.count == changes.count)
        let firstBreak = try AuditChain.firstBreak(in: events, after: nil)
        #expect(firstBreak == nil)
        await store.close()
    }
}

/// A process that creates and deletes keys, notes what was acknowledged, and is killed.
private struct MortalWriter {
    private let store: SQLiteKeyStore
    private let log: Int32
    private let noted = DispatchSemaphore(value: 0)

    init(_ path: String, log: String) throws {
        store = try SQLiteKeyStore(in: DataDirectory(path))
        self.log = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }

    func run() async throws {
        // A slow machine needs longer for a note: it is not time alone that kills.
        Thread.detachNewThread { [noted] in
            for _ in 0..<Int.random(in: 0...40) { noted.wait() }
            usleep(.random(in: 0...20_000))
            kill(getpid(), SIGKILL)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask { try await createAndDeleteForEver() }
            }
            try await group.waitForAll()
        }
    }

    private func createAndDeleteForEver() async throws {
        while !Task.isCancelled { try await createAndDelete() }
    }

    private func createAndDelete() async throws {
        let keys = [try Sample.key(), try Sample.key()]
        for key in keys {
            try await store.add(key, limit: .max)
            note("created", key.key.id)
        }
        note("attempted", keys[0].key.id)
        try await store.delete(keys[0].key.id)
        note("deleted", keys[0].key.id)
    }

    /// One write each: the kernel has it when this returns, whatever happens to the process.
    private func note(_ word: String, _ id: KeyID) {
        let line = Array("\(word) \(id)\n".utf8)
        precondition(write(log, line, line.count) == line.count)
        noted.signal()
    }
}

/// What ``MortalWriter`` noted.
private struct Acknowledged {
    private(set) var created: Set<KeyID> = []
    private(set) var attempted: Set<KeyID> = []
    private(set) var deleted: Set<KeyID> = []

    init(_ path: String) throws {
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            let id = try KeyID(words[1])
            switch words[0] {
            case "created": created.insert(id)
            case "attempted": attempted.insert(id)
            default: deleted.insert(id)
            }
        }
    }
}
