internal import NIOConcurrencyHelpers

/// The connections of a store: as many as its threads want at once, or as the server has room for.
///
/// Unchecked, because `lock` guards all of it.
final class ConnectionPool: @unchecked Sendable {
    private let opening: ConnectionOpening
    /// Its value says whether `free` holds any.
    private let lock = ConditionLock(value: false)
    private var free: [PostgreSQLConnection] = []
    private var lent = 0

    init(opening: ConnectionOpening) {
        self.opening = opening
    }

    /// Lends a connection to the calling thread.
    ///
    /// A connection that was in use before may turn out to be gone. `body` then runs once more, on a new connection, unless
    /// `mayRepeat` says that this would do twice what must be done once.
    func lend<Value>(
        by deadline: Deadline, mayRepeat: () -> Bool = { true }, _ body: (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        if let connection = takeFree() {
            do {
                return try lend(connection, body)
            } catch let failure as PostgreSQLFailure where failure.endsConnection {
                guard mayRepeat(), !deadline.isOver else { throw failure }
            }
        }
        return try lend(open(by: deadline), body)
    }

    /// Whether it has a connection, as far as it knows.
    var isConnected: Bool {
        lock.lock()
        defer { lock.unlock(withValue: !free.isEmpty) }
        return lent > 0 || !free.isEmpty
    }

    /// Ends the connections that are not lent.
    func removeAll() {
        lock.lock()
        free = []
        lock.unlock(withValue: false)
    }

    private func lend<Value>(
        _ connection: PostgreSQLConnection, _ body: (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        // One that is left in the midst of something is dropped, which makes the server roll it back.
        defer { putBack(connection.isBroken || connection.isInTransaction ? nil : connection) }
        return try body(connection)
    }

    private func open(by deadline: Deadline) throws(PostgreSQLFailure) -> PostgreSQLConnection {
        do throws(PostgreSQLFailure) {
            let connection = try opening.open(by: deadline)
            lock.lock()
            lent += 1
            lock.unlock(withValue: !free.isEmpty)
            return connection
        } catch {
            // A server without room for one more has room for those that are there.
            guard error.isExhaustion, let connection = takeNext(by: deadline) else { throw error }
            return connection
        }
    }

    /// A connection that was in use before and is alive; nil if there is none.
    private func takeFree() -> PostgreSQLConnection? {
        lock.lock()
        defer { lock.unlock(withValue: !free.isEmpty) }
        while let connection = free.popLast() {
            guard connection.isAlive() else { continue }
            lent += 1
            return connection
        }
        return nil
    }

    /// Waits for a connection that is lent to another thread; nil if none is, or none comes back in time.
    private func takeNext(by deadline: Deadline) -> PostgreSQLConnection? {
        lock.lock()
        let isHopeless = lent == 0 && free.isEmpty
        lock.unlock(withValue: !free.isEmpty)
        guard !isHopeless, lock.lock(whenValue: true, timeoutSeconds: Double(deadline.pollTimeout) / 1_000) else {
            return nil
        }
        defer { lock.unlock(withValue: !free.isEmpty) }
        lent += 1
        return free.popLast()
    }

    private func putBack(_ connection: PostgreSQLConnection?) {
        lock.lock()
        lent -= 1
        if let connection { free.append(connection) }
        lock.unlock(withValue: !free.isEmpty)
    }
}
