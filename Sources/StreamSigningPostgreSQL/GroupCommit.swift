internal import NIOPosix
import StreamSigningStore
internal import Synchronization

/// The thread that writes for this node. Writes that come while others are on their way share the next
/// transaction: nodes take turns, and a turn costs the disk the same for one write as for many.
final class GroupCommit: Sendable {
    private let pool: ConnectionPool
    private let thread = NIOThreadPool(numberOfThreads: 1)
    private let state = Mutex(State())

    private struct State {
        var waiting: [Write] = []
        var isScheduled = false
    }

    /// A caller's write: what to do, and how to answer.
    struct Write: Sendable {
        let deadline: Deadline
        /// Does it, and returns what answers the caller once it is committed. If it throws ``StoreError``, the caller is
        /// refused; the others of its batch are not, unless it had written something before.
        let perform: @Sendable (WriteTransaction) throws -> @Sendable () -> Void
        let refuse: @Sendable (StoreError) -> Void
    }

    init(pool: ConnectionPool) {
        self.pool = pool
        thread.start()
    }

    /// Runs `body` in a transaction that is committed when this returns. A cancelled task does not take it back.
    func run<Value: Sendable>(
        by deadline: Deadline, _ body: @escaping @Sendable (WriteTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        let late = StoreError(
            .unavailable, "the database did not answer in time: the change may or may not have been made")
        return try await Reply.value(by: deadline, late: late) { reply in
            let write = Write(
                deadline: deadline,
                perform: { transaction in
                    let value = try body(transaction)
                    return { reply.answer(.success(value)) }
                }, refuse: { reply.answer(.failure($0)) })
            let isFirst = state.withLock { state in
                state.waiting.append(write)
                defer { state.isScheduled = true }
                return !state.isScheduled
            }
            if isFirst { schedule() }
        }
    }

    /// Ends the thread, which must have nothing to do any more.
    func close() async {
        try? await thread.shutdownGracefully()
    }

    private func schedule() {
        thread.submit { [self] state in
            let batch = takeBatch()
            guard case .active = state else {
                for write in batch { write.refuse(StoreError(.unavailable, "the store is closed")) }
                return
            }
            commit(batch)
            let isMore = self.state.withLock { state in
                state.isScheduled = !state.waiting.isEmpty
                return state.isScheduled
            }
            if isMore { schedule() }
        }
    }

    private func takeBatch() -> [Write] {
        state.withLock { state in
            let batch = state.waiting.prefix(64)
            state.waiting.removeFirst(batch.count)
            return Array(batch)
        }
    }

    private func commit(_ writes: [Write]) {
        for write in writes where write.deadline.isOver {
            write.refuse(StoreError(.unavailable, "the database was busy for too long: nothing was changed"))
        }
        let batch = writes.filter { !$0.deadline.isOver }
        guard let deadline = batch.first?.deadline, let failure = attempt(batch, by: deadline) else { return }
        // It is certain that nothing was done. What the database refuses in one write must not harm the others.
        if batch.count > 1, !failure.endsConnection {
            for write in batch { commit([write]) }
        } else {
            for write in batch { write.refuse(failure.storeError) }
        }
    }

    /// Does all writes of a batch in one transaction, and answers them.
    /// - Returns: why nothing was committed and no caller was answered; nil if all were answered.
    private func attempt(_ batch: [Write], by deadline: Deadline) -> PostgreSQLFailure? {
        var transaction: WriteTransaction?
        var answers: [@Sendable () -> Void] = []
        let mayRepeat = { transaction?.isCommitting != true }
        do {
            try pool.lend(by: deadline, mayRepeat: mayRepeat) { connection in
                let begun = try WriteTransaction(connection, by: deadline)
                transaction = begun
                answers = try batch.map { try perform($0, in: begun) }
                try begun.commit()
            }
            for answer in answers { answer() }
        } catch let failure as PostgreSQLFailure {
            guard transaction?.isCommitting == true, failure.endsConnection else { return failure }
            // The commit may or may not be done, so neither may be said. A caller may repeat what says by itself that it was
            // done before (a deletion: `notFound`; an insertion of the same key: `keyExists`).
            let error = StoreError(
                .unavailable,
                """
                the database was lost during a commit: the change may or may not have been made \
                (PostgreSQL: \(failure.message))
                """)
            for write in batch { write.refuse(error) }
        } catch {
            for write in batch { write.refuse(.ofPostgreSQL(error)) }
        }
        return nil
    }

    /// - Returns: how to answer the caller once the transaction is committed.
    private func perform(_ write: Write, in transaction: WriteTransaction) throws -> @Sendable () -> Void {
        let writes = transaction.writes
        do {
            return try write.perform(transaction)
        } catch let error as StoreError {
            // What it has written must not be committed with the rest of the batch.
            guard transaction.writes == writes else { throw PostgreSQLFailure(.refusal, error.reason) }
            return { write.refuse(error) }
        }
    }
}
