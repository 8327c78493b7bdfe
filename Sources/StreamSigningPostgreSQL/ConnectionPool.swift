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
    /// A connection that was in use before may turn out to be gone. `body` then runs again, on another one, unless
    /// `mayRepeat` says that this would do twice what must be done once.
    func lend<Value>(
        by deadline: Deadline, mayRepeat: () -> Bool = { true }, _ body: (PostgreSQLConnection) throws -> Value
    ) throws -> Value {
        while true {
            let (connection, isNew) = try take(by: deadline)
            // One that is left in the midst of something, and cannot be taken back, is dropped: then the server takes it back.
            defer { putBack(connection.becomesIdle(by: deadline) ? connection : nil) }
            do {
                return try body(connection)
            } catch let failure as PostgreSQLFailure where failure.endsConnection && !isNew {
                guard mayRepeat(), !deadline.isOver else { throw failure }
            }
        }
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

    private func take(by deadline: Deadline) throws(PostgreSQLFailure) -> (PostgreSQLConnection, isNew: Bool) {
        if let connection = takeFree() { return (connection, isNew: false) }
        do throws(PostgreSQLFailure) {
            let connection = try opening.open(by: deadline)
            lock.lock()
            lent += 1
            lock.unlock(withValue: !free.isEmpty)
            return (connection, isNew: true)
        } catch {
            // A server that cannot take one more goes on with those that are there.
            guard error.isExhaustion, let connection = takeNext(by: deadline) else { throw error }
            return (connection, isNew: false)
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
        while isConnected, lock.lock(whenValue: true, timeoutSeconds: Double(deadline.pollTimeout) / 1_000) {
            lock.unlock(withValue: true)
            // Another thread may have been faster.
            if let connection = takeFree() { return connection }
        }
        return nil
    }

    private func putBack(_ connection: PostgreSQLConnection?) {
        lock.lock()
        lent -= 1
        if let connection { free.append(connection) }
        lock.unlock(withValue: !free.isEmpty)
    }
}
