import StreamSigningStore
internal import Synchronization

/// The calls that are under way, so that a store ends when they have.
final class OpenCalls: Sendable {
    private let state = Mutex(State())

    private struct State {
        var isClosed = false
        var count = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// Runs `body` unless the store is closed.
    func run<Value: Sendable>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.count += 1 }
            return state.isClosed
        }
        guard !isClosed else { throw StoreError(.unavailable, "the store is closed") }
        defer { leave() }
        return try await body()
    }

    /// Refuses calls from now on, and returns when those under way have ended.
    func close() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.isClosed = true
                if state.count > 0 { state.waiters.append(continuation) }
                return state.count == 0
            }
            if isIdle { continuation.resume() }
        }
    }

    private func leave() {
        let waiters = state.withLock { state in
            state.count -= 1
            guard state.count == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
