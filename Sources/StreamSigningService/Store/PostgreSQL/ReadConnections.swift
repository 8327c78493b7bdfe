#if PostgreSQL
    internal import NIOPosix

    /// Threads that read, and connections for them, made when they are first needed.
    final class ReadConnections: Sendable {
        private let opening: ConnectionOpening
        private let threads: NIOThreadPool
        private let connections = FreeConnections()

        init(count: Int, opening: ConnectionOpening) {
            self.opening = opening
            threads = NIOThreadPool(numberOfThreads: count)
            threads.start()
        }

        /// Runs `body` on a thread with a connection. It reads, so it is repeated on a new connection if one that was in use
        /// before turns out to be gone.
        func run<Value: Sendable>(
            by deadline: Deadline, _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
        ) async throws(StoreError) -> Value {
            let late = StoreError(.unavailable, "the database did not answer in time")
            return try await Reply.value(by: deadline, late: late) { reply in
                threads.submit { [self] state in
                    guard case .active = state else {
                        return reply.answer(.failure(StoreError(.unavailable, "the store is closed")))
                    }
                    guard !deadline.isOver else { return reply.answer(.failure(late)) }
                    reply.answer(Result { try read(by: deadline, body) }.mapError { StoreError.ofPostgreSQL($0) })
                }
            }
        }

        /// Ends the threads, which must have nothing to do any more, and their connections.
        func close() async {
            try? await threads.shutdownGracefully()
            connections.removeAll()
        }

        private func read<Value>(by deadline: Deadline, _ body: (PostgreSQLConnection) throws -> Value) throws -> Value
        {
            if let connection = connections.take() {
                do {
                    return try lend(connection, body)
                } catch let failure as PostgreSQLFailure where failure.endsConnection && !deadline.isOver {
                    // The server went away since the last use: there is a new one, or a new connection says that there is none.
                }
            }
            return try lend(open(by: deadline), body)
        }

        private func open(by deadline: Deadline) throws(PostgreSQLFailure) -> PostgreSQLConnection {
            do throws(PostgreSQLFailure) {
                let connection = try opening.open(by: deadline)
                connections.lend()
                return connection
            } catch {
                // A server without room for one more has room for those that are there.
                guard error.isExhaustion, let connection = connections.takeNext(by: deadline) else { throw error }
                return connection
            }
        }

        private func lend<Value>(
            _ connection: PostgreSQLConnection, _ body: (PostgreSQLConnection) throws -> Value
        ) throws -> Value {
            defer {
                connections.putBack(connection.isBroken || connection.isInTransaction ? nil : connection)
            }
            return try body(connection)
        }
    }
#endif
