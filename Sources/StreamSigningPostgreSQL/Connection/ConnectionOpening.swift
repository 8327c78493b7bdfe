internal import Synchronization

/// Opens connections for all threads of a store, and leaves a server that cannot be reached alone for a while. Until then
/// every caller is told at once, instead of waiting in line for the next attempt to fail.
final class ConnectionOpening: Sendable {
    private let address: PostgreSQLAddress
    private let state = Mutex(State())

    private struct State {
        var failures = 0
        var successes = 0
        var isTrying = false
        var pause = Deadline(after: .zero)
        var last = PostgreSQLFailure(.connection, "not connected yet")
    }

    init(_ address: PostgreSQLAddress) {
        self.address = address
    }

    func open(by deadline: Deadline) throws(PostgreSQLFailure) -> PostgreSQLConnection {
        let (refusal, successes): (PostgreSQLFailure?, Int) = state.withLock { state in
            guard state.failures > 0 else { return (nil, state.successes) }
            if state.isTrying || !state.pause.isOver { return (state.last, state.successes) }
            state.isTrying = true
            return (nil, state.successes)
        }
        if let refusal { throw refusal }
        do throws(PostgreSQLFailure) {
            let connection = try PostgreSQLConnection(address, by: deadline)
            state.withLock { $0 = State(successes: $0.successes + 1) }
            return connection
        } catch {
            state.withLock { state in
                // An attempt that began before another's success knows nothing newer than that.
                guard state.successes == successes else { return }
                state.isTrying = false
                state.last = error
                state.failures += 1
                state.pause = Deadline(after: Self.pause(after: state.failures))
            }
            throw error
        }
    }

    /// From 25 ms to half a second, each time twice as long. The random part keeps nodes that lost the same server from coming back
    /// in step.
    private static func pause(after failures: Int) -> Duration {
        let longest = min(25 << min(failures - 1, 10), 500)
        return .milliseconds(Int.random(in: longest / 2...longest))
    }
}
