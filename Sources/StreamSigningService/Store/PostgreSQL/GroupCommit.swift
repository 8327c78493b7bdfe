#if PostgreSQL
    internal import NIOPosix
    internal import Synchronization

    /// The thread and the connection that write for this node. Writes that come while others are on their way share the next
    /// transaction: nodes take turns, and a turn costs the disk the same for one write as for many.
    final class GroupCommit: Sendable {
        private let opening: ConnectionOpening
        private let thread = NIOThreadPool(numberOfThreads: 1)
        private let state = Mutex(State())

        private struct State {
            var waiting: [Write] = []
            var isScheduled = false
            /// Between batches; the thread has it while one runs.
            var connection: PostgreSQLConnection?
        }

        /// A caller's write: what to do, and how to answer.
        struct Write: Sendable {
            let deadline: Deadline
            /// Does it, and returns what answers the caller once it is committed. If it throws ``StoreError`` it has written nothing.
            let perform: @Sendable (WriteTransaction) throws -> @Sendable () -> Void
            let refuse: @Sendable (StoreError) -> Void
        }

        init(opening: ConnectionOpening) {
            self.opening = opening
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

        /// Ends the thread, which must have nothing to do any more, and its connection.
        func close() async {
            try? await thread.shutdownGracefully()
            state.withLock { $0.connection = nil }
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
            guard let deadline = batch.first?.deadline else { return }
            var failure = attempt(batch, by: deadline)
            // Whatever fails has changed nothing for sure, so it may be repeated: on a new connection, or each for itself, so that
            // what the database refuses in one write does not harm the others.
            if let lost = failure, lost.endsConnection, !deadline.isOver { failure = attempt(batch, by: deadline) }
            guard let failure else { return }
            if batch.count > 1, !failure.endsConnection {
                for write in batch { commit([write]) }
            } else {
                for write in batch { write.refuse(failure.storeError) }
            }
        }

        /// Does all writes of a batch in one transaction, and answers them.
        /// - Returns: why nothing was committed and nobody was answered; nil if all were answered.
        private func attempt(_ batch: [Write], by deadline: Deadline) -> PostgreSQLFailure? {
            var begun: WriteTransaction?
            var answers: [@Sendable () -> Void] = []
            do {
                let connection = try connection(by: deadline)
                let transaction = try WriteTransaction(connection, by: deadline)
                begun = transaction
                for write in batch {
                    do {
                        answers.append(try write.perform(transaction))
                    } catch let error as StoreError {
                        answers.append { write.refuse(error) }
                    }
                }
                try transaction.commit()
                state.withLock { $0.connection = connection }
                for answer in answers { answer() }
            } catch let failure as PostgreSQLFailure {
                // A connection in the midst of something is dropped, which rolls it back.
                guard begun?.isCommitting == true, failure.endsConnection else { return failure }
                // The commit is, or is not, done: nobody may be told either. A caller may repeat what says by itself that it was
                // done before (a deletion: `notFound`; an insertion: `keyExists`).
                for write in batch {
                    write.refuse(
                        StoreError(
                            .unavailable,
                            "the database was lost during a commit: the change may or may not have been made "
                                + "(PostgreSQL: \(failure.message))"))
                }
            } catch {
                for write in batch { write.refuse(.ofPostgreSQL(error)) }
            }
            return nil
        }

        private func connection(by deadline: Deadline) throws(PostgreSQLFailure) -> PostgreSQLConnection {
            let last = state.withLock { state in
                defer { state.connection = nil }
                return state.connection
            }
            if let last, last.isAlive() { return last }
            return try opening.open(by: deadline)
        }
    }
#endif
