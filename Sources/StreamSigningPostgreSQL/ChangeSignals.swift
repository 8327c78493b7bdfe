internal import NIOPosix
internal import StreamSigningThreads
internal import Synchronization

/// Wakes those who follow the changes, as soon as any node has committed one: a connection of its own that listens to
/// PostgreSQL's notifications. They are only ever a hint: one that is lost costs the time until the next signal of the
/// clock. So where the server has room for one connection only, that one is left to those who ask.
final class ChangeSignals: Sendable {
    private let opening: ConnectionOpening
    private let pool: ConnectionPool
    private let channel: String
    private let thread = NIOThreadPool(numberOfThreads: 1)
    private let state = Mutex(State())

    private struct State {
        var followers: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
        var isListening = false
        var isClosed = false
    }

    init(_ address: PostgreSQLAddress, sparing pool: ConnectionPool) {
        opening = ConnectionOpening(address)
        self.pool = pool
        channel = address.schema
        thread.start()
    }

    /// Signals from now on; the first at once.
    func stream(every interval: Duration) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let clock = NodeThread.following.schedule(every: interval) { continuation.yield() }
            let id = add(continuation)
            continuation.onTermination = { [self] _ in
                clock.cancel()
                if let id { state.withLock { $0.followers[id] = nil } }
            }
            // A stream of a closed store ends at once.
            if id == nil { continuation.finish() }
        }
    }

    /// Ends all streams and the connection.
    func close() async {
        let followers = state.withLock { state in
            state.isClosed = true
            defer { state.followers = [:] }
            return state.followers
        }
        for follower in followers.values { follower.finish() }
        try? await thread.shutdownGracefully()
    }

    private func add(_ follower: AsyncStream<Void>.Continuation) -> Int? {
        let (id, isFirst) = state.withLock { state -> (Int?, Bool) in
            guard !state.isClosed else { return (nil, false) }
            defer {
                state.next += 1
                state.isListening = true
            }
            state.followers[state.next] = follower
            return (state.next, !state.isListening)
        }
        if isFirst { thread.submit { [self] _ in listen() } }
        return id
    }

    private func listen() {
        while !isClosed {
            guard pool.isConnected else {
                PostgreSQLConnection.pause(Self.slice)
                continue
            }
            do throws(PostgreSQLFailure) {
                let connection = try opening.open(by: Deadline(after: .seconds(10)))
                try connection.script("LISTEN \(channel)", by: Deadline(after: .seconds(2)))
                // Nobody listened until now.
                signal()
                try forward(connection)
            } catch {
                // The next attempt is as far away as `opening` says; until then the clock has to do.
                PostgreSQLConnection.pause(Self.slice)
            }
        }
    }

    /// Passes notifications on for as long as others of this node have a connection too.
    private func forward(_ connection: PostgreSQLConnection) throws(PostgreSQLFailure) {
        var silence = Deadline(after: Self.patience)
        while !isClosed, pool.isConnected {
            if try connection.receivesNotification(within: Self.slice) {
                signal()
                silence = Deadline(after: Self.patience)
            } else if silence.isOver {
                // If the network swallows everything, only a question shows it.
                try connection.run(Self.question, by: Deadline(after: .seconds(2)))
                silence = Deadline(after: Self.patience)
            }
        }
    }

    /// How often the thread looks whether it is to end.
    private static let slice: Duration = .milliseconds(100)
    private static let patience: Duration = .seconds(2)
    private static let question = PreparedStatement("are_you_there", "SELECT 1")

    private var isClosed: Bool { state.withLock { $0.isClosed } }

    private func signal() {
        for follower in state.withLock({ $0.followers.values.map { $0 } }) { follower.yield() }
    }
}
