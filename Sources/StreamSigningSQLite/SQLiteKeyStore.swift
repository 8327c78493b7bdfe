internal import Dispatch
import GRDB
import StreamSigningFiles
public import StreamSigningStore
internal import Synchronization

/// The embedded store: one SQLite database, which several processes on one machine may use at once.
///
/// Write-ahead log with `synchronous=FULL`: a commit is on the disk before its call returns. Reads and writes run on threads of
/// their own, never on the caller's.
public final class SQLiteKeyStore: KeyStore {
    private let pool: DatabasePool
    /// What reads go to: the pool, or the one connection of a ``lane(connections:)``.
    private let reader: any DatabaseReader
    private let path: String
    private let file: FileIdentity?
    private let busyTimeout: Double
    let localNodes: LocalNodes
    /// Also held while something is handed to the pool, so that nothing is after ``close()``.
    private let isClosed = Mutex(false)
    private let lanes = Mutex<[SQLiteKeyStore]>([])
    /// When the write-ahead log was last trimmed, and whether it may have grown by compaction since.
    private let log = Mutex(LogState())

    /// Opens the database of a folder; makes both if they are not there. Blocks: for the start of a program.
    /// - Throws: ``StoreError``: `refused` for a database of a newer version or another program, or files that every
    ///   user of the machine may change; `corrupt`; `unavailable`.
    public convenience init(in directory: DataDirectory) throws(StoreError) {
        try self.init(in: directory, pageLimit: nil, busyTimeout: 5)
    }

    /// - Parameters:
    ///   - pageLimit: how many pages of 4 KiB the database may have; a full disk, for tests.
    ///   - busyTimeout: how many seconds to wait for another process.
    package init(in directory: DataDirectory, pageLimit: Int?, busyTimeout: Double) throws(StoreError) {
        self.busyTimeout = busyTimeout
        try directory.prepare()
        do {
            // Two processes that make the same database at once would meet in the middle.
            let lock = try FolderLock(folder: directory.path)
            // SQLite gives its other files (-wal, -shm) the mode of this one.
            _ = try PrivateFile.create(directory.database, nil)
            try PrivateFile.check(directory.database, mayBeOpen: directory.rights == .warn)
            pool = try Self.openPool(directory.database, pageLimit, busyTimeout)
            reader = pool
            localNodes = LocalNodes()
            path = directory.database
            file = FileIdentity(path)
            _ = consume lock
        } catch let problem as FileProblem {
            throw StoreError(.refused, problem.reason)
        } catch {
            throw StoreError(error)
        }
    }

    /// A lane of a store.
    private init(laneOf store: SQLiteKeyStore, _ connection: DatabaseQueue) {
        pool = store.pool
        busyTimeout = store.busyTimeout
        reader = connection
        localNodes = store.localNodes
        path = store.path
        file = store.file
    }

    private static func openPool(_ path: String, _ pageLimit: Int?, _ busyTimeout: Double) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.label = "stream-signing"
        try requireOurs(path, configuration)
        configuration.prepareDatabase { db in
            // What is deleted, a sealed private half above all, is overwritten.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            // What a burst of writes has made of the write-ahead log is given back.
            try db.execute(sql: "PRAGMA journal_size_limit = 1048576")
            // A commit waits while the log is copied into the database, so this is rare: 16 MiB. A thousand revocations make 8.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
            if let pageLimit { try db.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try SQLiteSchema.migrator.migrate(pool)
        // After GRDB has set up the write-ahead log: it chooses NORMAL then, which may lose the last commits.
        try pool.writeWithoutTransaction { db in
            try db.execute(
                sql: "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON")
        }
        return pool
    }

    /// Looks before anything is changed.
    private static func requireOurs(_ path: String, _ configuration: Configuration) throws {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.read { db in
            // GRDB commits its own table before the first migration: a first start may have ended in between.
            let tables = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'")
            guard tables ?? 0 > 0 else { return }
            guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == SQLiteSchema.applicationID else {
                throw StoreError(.refused, "\(path): the database of another program")
            }
            do {
                try SQLiteSchema.requireCurrent(db)
            } catch let error as StoreError {
                throw StoreError(error.code, "\(path): \(error.reason)")
            }
        }
    }

    /// See ``KeyStore``. One connection carries out as many calls as are wanted, one after the other: all of them are short.
    public func lane(connections: Int) async throws(StoreError) -> any FollowedStore {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "stream-signing lane"
        // Dispatch has threads for each class apart: requests that keep all of theirs busy keep none of these.
        configuration.qos = .userInteractive
        let lane: SQLiteKeyStore
        do {
            lane = SQLiteKeyStore(laneOf: self, try DatabaseQueue(path: path, configuration: configuration))
        } catch {
            throw StoreError(error)
        }
        lanes.withLock { $0.append(lane) }
        return lane
    }

    /// Copies what is in the write-ahead log into the database and closes it.
    public func close() async {
        for lane in lanes.withLock({ $0 }) { await lane.close() }
        let wasClosed = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        guard !wasClosed else { return }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                end()
                continuation.resume()
            }
        }
    }

    private func end() {
        if reader === pool {
            // Both may fail if another process is at work, which then does the copying.
            _ = try? pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
        }
        try? reader.close()
    }

    /// One transaction, on the disk when this returns. A cancelled task does not undo it half-way.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result = await withCheckedContinuation { continuation in
            handOver(to: continuation) {
                pool.asyncWrite { [self] database in
                    try requireSameFile()
                    return try body(database)
                } completion: { _, result in
                    continuation.resume(returning: result)
                }
            }
        }
        return try result.mapError(StoreError.init).get()
    }

    /// One snapshot of everything that was committed before the call.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result = await withCheckedContinuation { continuation in
            handOver(to: continuation) {
                reader.asyncRead { [self] database in
                    continuation.resume(
                        returning: Result {
                            try requireSameFile()
                            return try body(database.get())
                        })
                }
            }
        }
        return try result.mapError(StoreError.init).get()
    }

    /// Has the next ``trimLogIfDue()`` trim the log.
    func noteCompaction() {
        log.withLock { $0.isDue = true }
    }

    /// As ``trimLog()`` after a compaction, but seldom: in a burst of writes each commit would make the file long again.
    func trimLogIfDue() async {
        let isDue = log.withLock { log in
            guard log.isDue, log.trimmed.map({ .now - $0 > .seconds(10) }) ?? true else { return false }
            log = LogState(isDue: false, trimmed: .now)
            return true
        }
        if isDue { await trimLog() }
    }

    private struct LogState {
        var isDue = false
        var trimmed: ContinuousClock.Instant?
    }

    /// Copies what is in the write-ahead log into the database and gives its room back, unless somebody is reading: nobody
    /// is to wait for that.
    private func trimLog() async {
        _ = await withCheckedContinuation { (continuation: CheckedContinuation<Result<Void, any Error>, Never>) in
            handOver(to: continuation) {
                pool.asyncWriteWithoutTransaction { [busyTimeout] database in
                    continuation.resume(
                        returning: Result {
                            try database.execute(sql: "PRAGMA busy_timeout = 0")
                            defer { try? database.execute(sql: "PRAGMA busy_timeout = \(Int(busyTimeout * 1_000))") }
                            try database.checkpoint(.truncate)
                        })
                }
            }
        }
    }

    /// What is written into a file that was removed, or read from one that a backup took the place of, is lost or wrong.
    private func requireSameFile() throws(StoreError) {
        guard FileIdentity(path) == file else {
            throw StoreError(.unavailable, "\(path): removed or replaced under the running service: restart it")
        }
    }

    private func handOver<Value>(
        to continuation: CheckedContinuation<Result<Value, any Error>, Never>, _ schedule: () -> Void
    ) {
        let isClosed = isClosed.withLock { isClosed in
            if !isClosed { schedule() }
            return isClosed
        }
        if isClosed {
            continuation.resume(returning: .failure(StoreError(.unavailable, "the database is closed")))
        }
    }

    /// The value of a pragma on the connection that writes.
    package func setting(_ pragma: String) async throws(StoreError) -> String? {
        try await write { db in
            guard let row = try Row.fetchOne(db, sql: "PRAGMA \(pragma)") else { return nil }
            let value: DatabaseValue = row[0]
            return String.fromDatabaseValue(value) ?? "\(value)"
        }
    }

    /// Asks SQLite to look at everything it holds.
    /// - Throws: ``StoreError``: `corrupt` with the first thing that is wrong.
    public func checkIntegrity() async throws(StoreError) {
        let answer = try await read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") }
        guard answer == "ok" else {
            throw StoreError(.corrupt, "the database is damaged: \(answer ?? "no answer")")
        }
    }
}
