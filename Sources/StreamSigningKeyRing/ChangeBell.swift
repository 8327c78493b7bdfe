import StreamSigningThreads
import Synchronization

/// Wakes those who wait for the next change.
package final class ChangeBell: Sendable {
    private struct State {
        var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    package func ring() {
        for waiting in state.withLock({ $0.waiting.values.map { $0 } }) { waiting.yield() }
    }

    /// Returns as soon as `condition` holds, which is checked whenever the bell rings, or when the time is over.
    package func wait(atMost time: Duration, until condition: @escaping @Sendable () -> Bool) async {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.next += 1
            state.waiting[state.next] = continuation
            return state.next
        }
        let alarm = NodeThread.deadlines.schedule(in: time) { continuation.finish() }
        defer {
            alarm.cancel()
            state.withLock { $0.waiting[id] = nil }
        }
        // After the first entry above: a change in between has rung.
        guard !condition() else { return }
        for await _ in signals where condition() { return }
    }
}
