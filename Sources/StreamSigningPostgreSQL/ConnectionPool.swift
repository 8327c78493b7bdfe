internal import NIOConcurrencyHelpers

/// The connections of a store: as many as its threads want at once, or as the server has room for.
///
/// Unchecked, because `lock` guards all of it.
final class ConnectionPool: @unchecked Sendable {
    private let opening: ConnectionOpening
    /// Its value is `isWorthALook`.
    private let lock = ConditionLock(value: true)
    private var free: [PostgreSQLConnection] = []
    private var lent = 0
    /// Whether a thread that waits for a connection should look again: one is free, or there are none to wait for.
    private var isWorthALook: Bool { !free.isEmpty || lent == 0 }

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
            // What is left in the midst of a transaction is rolled back: by the server, with the connection, if that fails. It gets
            // little time, because the caller waits.
            defer { putBack(connection.rollBackIfNeeded(by: Deadline(after: .seconds(1))) ? connection : nil) }
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
        defer { lock.unlock(withValue: isWorthALook) }
        return lent > 0 || !free.isEmpty
    }

    /// Ends the connections that are not lent.
    func removeAll() {
        lock.lock()
        free = []
        lock.unlock(withValue: isWorthALook)
    }

    private func take(by deadline: Deadline) throws(PostgreSQLFailure) -> (PostgreSQLConnection, isNew: Bool) {
        while true {
            if let connection = takeFree() { return (connection, isNew: false) }
            do throws(PostgreSQLFailure) {
                let connection = try opening.open(by: deadline)
                lock.lock()
                lent += 1
                lock.unlock(withValue: isWorthALook)
                return (connection, isNew: true)
            } catch {
                // A server with no room for another connection still serves those that it has.
                guard error.isExhaustion, waitForAnother(by: deadline) else { throw error }
            }
        }
    }

    /// A connection that was in use before and is alive; nil if there is none.
    private func takeFree() -> PostgreSQLConnection? {
        lock.lock()
        defer { lock.unlock(withValue: isWorthALook) }
        while let connection = free.popLast() {
            guard connection.isAlive() else { continue }
            lent += 1
            return connection
        }
        return nil
    }

    /// Waits until a connection that is lent to another thread comes back, or is lost.
    /// - Returns: false if there is none, or the time is over.
    private func waitForAnother(by deadline: Deadline) -> Bool {
        guard isConnected, lock.lock(whenValue: true, timeoutSeconds: Double(deadline.pollTimeout) / 1_000) else {
            return false
        }
        lock.unlock()
        return true
    }

    private func putBack(_ connection: PostgreSQLConnection?) {
        lock.lock()
        lent -= 1
        if let connection { free.append(connection) }
        lock.unlock(withValue: isWorthALook)
    }
}
