import StreamSigningStore
internal import StreamSigningThreads
internal import Synchronization

/// The answer to one caller: whichever comes first, what a thread found out or that the deadline is over.
///
/// Threads have deadlines of their own, but not for everything: looking up a host's name takes as long as it takes.
final class Reply<Value: Sendable>: Sendable {
    private let state = Mutex(State())

    private struct State {
        var continuation: CheckedContinuation<Result<Value, StoreError>, Never>?
        var timer: NodeThread.Alarm?
    }

    /// - Parameters:
    ///   - late: what the caller is told when the deadline is over.
    ///   - start: makes a thread that calls ``answer(_:)``.
    static func value(
        by deadline: Deadline, late: StoreError, _ start: (Reply) -> Void
    ) async throws(StoreError) -> Value {
        let result = await withCheckedContinuation { continuation in
            let reply = Reply()
            reply.state.withLock { $0.continuation = continuation }
            // A little later than the thread's own deadline, whose reason says more.
            let delay = Duration.milliseconds(Int64(deadline.pollTimeout) + 250)
            let timer = NodeThread.deadlines.schedule(in: delay) { reply.answer(.failure(late)) }
            reply.state.withLock { $0.timer = timer }
            start(reply)
        }
        return try result.get()
    }

    /// Answers, unless that was done.
    func answer(_ result: Result<Value, StoreError>) {
        let state = state.withLock { state in
            defer { state = State() }
            return state
        }
        state.timer?.cancel()
        state.continuation?.resume(returning: result)
    }
}
