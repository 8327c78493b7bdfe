internal import NIOPosix
import StreamSigningStore

/// The threads that read.
final class ReadThreads: Sendable {
    private let pool: ConnectionPool
    private let threads: NIOThreadPool

    init(count: Int, pool: ConnectionPool) {
        self.pool = pool
        threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
    }

    /// Runs `body` on a thread with a connection, and again if the connection turns out to be gone.
    func run<Value: Sendable>(
        by deadline: Deadline, _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        let late = StoreError(.unavailable, "the database did not answer in time")
        return try await Reply.value(by: deadline, late: late) { reply in
            threads.submit { [pool] state in
                guard case .active = state else {
                    return reply.answer(.failure(StoreError(.unavailable, "the store is closed")))
                }
                guard !deadline.isOver else { return reply.answer(.failure(late)) }
                let result = Result { try pool.lend(by: deadline, body) }
                reply.answer(result.mapError { StoreError.ofPostgreSQL($0) })
            }
        }
    }

    /// Ends the threads, which must have nothing to do any more.
    func close() async {
        try? await threads.shutdownGracefully()
    }
}
