import NIOCore
import NIOPosix
import Synchronization

/// A server on this machine that plays one reply for each request, in order, and remembers the requests.
final class ScriptedServer: Sendable {
    private struct State {
        var replies: ArraySlice<Reply>
        var requests: [ReceivedRequest] = []
        var silences = 0
    }

    private let state: Mutex<State>
    private let channel: Mutex<(any Channel)?> = Mutex(nil)

    /// What is said before any request, which no server of HTTP does.
    let greeting: [UInt8]

    init(_ replies: [Reply], greeting: String = "") {
        self.greeting = Array(greeting.utf8)
        state = Mutex(State(replies: replies[...]))
    }

    /// What has arrived.
    var requests: [ReceivedRequest] { state.withLock(\.requests) }

    /// Returns when the client has been left waiting for the rest of that many answers.
    func waitForSilence(_ count: Int = 1) async throws {
        while state.withLock(\.silences) < count { try await Task.sleep(for: .milliseconds(1)) }
    }

    /// Runs `body` against a server that listens, which is gone when this returns.
    static func run<Value: Sendable>(
        _ replies: [Reply], greeting: String = "",
        body: (_ server: ScriptedServer, _ url: String) async throws -> Value
    ) async throws -> Value {
        let server = ScriptedServer(replies, greeting: greeting)
        let port = try await server.start()
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(server, "http://127.0.0.1:\(port)/client/v4"))
        } catch {
            result = .failure(error)
        }
        try await server.stop()
        return try result.get()
    }

    /// - Parameter port: 0 for any that is free.
    @discardableResult
    func start(port: Int = 0) async throws -> Int {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ScriptedConnection(server: self))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        channel.withLock { $0 = listener }
        return listener.localAddress?.port ?? 0
    }

    func stop() async throws {
        try await channel.withLock { $0 }?.close().get()
    }

    /// Remembers the request.
    /// - Returns: what to reply; an error of ours if there is nothing left, which no test expects.
    func reply(to request: ReceivedRequest) -> Reply {
        state.withLock {
            $0.requests.append(request)
            let reply = $0.replies.popFirst() ?? Reply(599, #"{"unexpected":"request"}"#)
            if reply.ending == .silence { $0.silences += 1 }
            return reply
        }
    }
}

/// A port on which nothing listens: nobody runs the service any more that it was for, and no program is given it by chance.
let unusedPort = 1
