internal import StreamSigning
public import StreamSigningStore
internal import Synchronization

/// The shared store: one PostgreSQL database for any number of nodes.
///
/// A node has one connection that listens for changes, and up to one to write, four to read, and some for each
/// ``lane(connections:)``, fewer if the server has no room for more; calls of libpq block threads of their own and no others.
/// Every call is answered within five seconds, whatever the network does. After a failure the next call reconnects by itself, to whichever of the
/// URL's hosts takes writes.
///
/// Connect to PostgreSQL itself, or to a pooler in session mode: sessions hold prepared statements and `LISTEN`.
public final class PostgreSQLKeyStore: KeyStore {
    /// Where the database is.
    public let address: PostgreSQLAddress
    private let calls: OpenCalls
    private let pool: ConnectionPool
    private let readers: ReadThreads
    private let writer: GroupCommit
    private let callTimeout: Duration
    let signals: ChangeSignals
    private let lanes = Mutex<[PostgreSQLKeyStore]>([])

    /// How long a call may take that goes through all keys.
    static let bulkTimeout: Duration = .seconds(300)

    /// Opens the database; makes the tables if they are not there.
    /// - Parameters:
    ///   - address: where it is.
    ///   - readers: how many connections read at most.
    /// - Throws: ``StoreError``: `refused` for a database of a newer version, tables of another program, an unsuitable
    ///   server or a role without the rights; `unavailable`.
    public convenience init(at address: PostgreSQLAddress, readers: Int = 4) async throws(StoreError) {
        try await self.init(at: address, readers: readers, callTimeout: .seconds(5))
    }

    /// - Parameter callTimeout: how long a call may take that does not go through all keys.
    package init(at address: PostgreSQLAddress, readers: Int, callTimeout: Duration) async throws(StoreError) {
        self.address = address
        self.callTimeout = callTimeout
        calls = OpenCalls()
        pool = ConnectionPool(opening: ConnectionOpening(address))
        self.readers = ReadThreads(count: readers, pool: pool)
        writer = GroupCommit(pool: pool)
        signals = ChangeSignals(address, sparing: pool)
        do throws(StoreError) {
            let deadline = Deadline(after: .seconds(30))
            try await self.readers.run(by: deadline) { connection in
                try PostgreSQLSchema.prepare(connection, by: deadline)
            }
        } catch {
            await close()
            throw error
        }
    }

    /// A lane of a store.
    private init(laneOf store: PostgreSQLKeyStore, connections: Int) {
        address = store.address
        callTimeout = store.callTimeout
        calls = store.calls
        pool = store.pool
        writer = store.writer
        signals = store.signals
        readers = ReadThreads(count: connections, pool: pool)
    }

    /// See ``KeyStore``. Connections come from the pool that all share. It has one for each thread, unless the server has no room
    /// for so many.
    public func lane(connections: Int) async throws(StoreError) -> any FollowedStore {
        let lane = PostgreSQLKeyStore(laneOf: self, connections: connections)
        lanes.withLock { $0.append(lane) }
        return lane
    }

    /// Ends all connections, once what was begun is done.
    public func close() async {
        await calls.close()
        await signals.close()
        for lane in lanes.withLock({ $0 }) { await lane.readers.close() }
        await readers.close()
        await writer.close()
        pool.removeAll()
    }

    /// One statement, or several that need not agree with one another.
    func read<Value: Sendable>(
        within timeout: Duration? = nil,
        _ body: @escaping @Sendable (PostgreSQLConnection, Deadline) throws -> Value
    ) async throws(StoreError) -> Value {
        let deadline = Deadline(after: timeout ?? callTimeout)
        return try await calls.run { () throws(StoreError) in
            try await readers.run(by: deadline) { connection in try body(connection, deadline) }
        }
    }

    /// Several statements that see the database as of one moment.
    func readSnapshot<Value: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLConnection, Deadline) throws -> Value
    ) async throws(StoreError) -> Value {
        try await read(within: Self.bulkTimeout) { connection, deadline in
            try connection.run(Self.beginReading, by: deadline)
            let value = try body(connection, deadline)
            try connection.run(Self.endReading, by: deadline)
            return value
        }
    }

    /// One transaction, durable when this returns.
    func write<Value: Sendable>(
        within timeout: Duration? = nil, _ body: @escaping @Sendable (WriteTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        let deadline = Deadline(after: timeout ?? callTimeout)
        return try await calls.run { () throws(StoreError) in try await writer.run(by: deadline, body) }
    }

    /// The value of a setting of the sessions.
    package func sessionSetting(_ name: String) async throws(StoreError) -> String? {
        try await read { connection, deadline in
            try connection.run(Self.setting, [.text(name)], by: deadline)
                .first { row throws(StoreError) in try row.text() }
        }
    }

    private static let setting = PreparedStatement("setting", "SELECT current_setting($1)")
    private static let beginReading = PreparedStatement(
        "begin_reading", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    private static let endReading = PreparedStatement("end_reading", "COMMIT")
}
