#if PostgreSQL
    internal import NIOConcurrencyHelpers

    /// Connections that nobody uses at the moment. Unchecked, because `lock` guards all of it.
    final class FreeConnections: @unchecked Sendable {
        /// Its value says whether `free` holds any.
        private let lock = ConditionLock(value: false)
        private var free: [PostgreSQLConnection] = []
        private var lent = 0

        /// A connection that was in use before and is alive; nil if there is none.
        func take() -> PostgreSQLConnection? {
            lock.lock()
            defer { lock.unlock(withValue: !free.isEmpty) }
            while let connection = free.popLast() {
                guard connection.isAlive() else { continue }
                lent += 1
                return connection
            }
            return nil
        }

        /// Waits for a connection that is lent to somebody; nil if none is, or none comes back in time.
        func takeNext(by deadline: Deadline) -> PostgreSQLConnection? {
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

        /// A new connection is in use.
        func lend() {
            lock.lock()
            lent += 1
            lock.unlock(withValue: !free.isEmpty)
        }

        /// - Parameter connection: nil for one that is of no more use.
        func putBack(_ connection: PostgreSQLConnection?) {
            lock.lock()
            lent -= 1
            if let connection { free.append(connection) }
            lock.unlock(withValue: !free.isEmpty)
        }

        func removeAll() {
            lock.lock()
            free = []
            lock.unlock(withValue: false)
        }
    }
#endif
