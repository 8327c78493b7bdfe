import NIOCore
import NIOPosix
import Synchronization

/// The network between a node and its database, as a test wants it.
final class TestProxy: Sendable {
    /// What becomes of the bytes.
    enum Weather: Sendable {
        case fine
        /// Everything is accepted, and nothing arrives.
        case blackHole
        /// One connection ends when the client says this, which still arrives.
        case lostAfter(String)
        /// One connection ends when the client says this, which does not arrive.
        case lostBefore(String)
    }

    private let listener: any Channel
    private let state: SharedState

    final class SharedState: Sendable {
        let weather = Mutex(Weather.fine)
        let channels = Mutex<[any Channel]>([])
    }

    init(to port: Int) async throws {
        let state = SharedState()
        self.state = state
        listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in
                state.channels.withLock { $0.append(client) }
                return ClientBootstrap(group: client.eventLoop)
                    .channelInitializer { server in
                        server.eventLoop.makeCompletedFuture {
                            try server.pipeline.syncOperations.addHandler(
                                Relay(to: client, state: state, isFromClient: false))
                        }
                    }
                    .connect(host: "127.0.0.1", port: port)
                    .flatMapThrowing { server in
                        try client.pipeline.syncOperations.addHandler(
                            Relay(to: server, state: state, isFromClient: true))
                        client.setOption(.autoRead, value: true).whenComplete { _ in }
                    }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { listener.localAddress?.port ?? 0 }

    /// A change of weather; once it is fine again the connections of before are gone.
    func become(_ weather: Weather) async throws {
        state.weather.withLock { $0 = weather }
        guard case .fine = weather else { return }
        let channels = state.channels.withLock { channels in
            defer { channels = [] }
            return channels
        }
        for channel in channels where channel.isActive {
            do {
                try await channel.close()
            } catch ChannelError.alreadyClosed {
                // Its other end was faster.
            }
        }
    }

    func close() async throws {
        try await become(.fine)
        try await listener.close()
    }
}

/// Passes on what one side says.
private final class Relay: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let state: TestProxy.SharedState
    private let isFromClient: Bool

    init(to other: any Channel, state: TestProxy.SharedState, isFromClient: Bool) {
        self.other = other
        self.state = state
        self.isFromClient = isFromClient
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        let says: (String) -> Bool = { [isFromClient] word in
            isFromClient && String(decoding: buffer.readableBytesView, as: UTF8.self).contains(word)
        }
        switch state.weather.withLock({ $0 }) {
        case .blackHole: return
        case .lostBefore(let word) where says(word):
            state.weather.withLock { $0 = .fine }
            context.close(promise: nil)
        case .lostAfter(let word) where says(word):
            state.weather.withLock { $0 = .fine }
            // The client's side first, so that it cannot see the answer.
            let other = other
            context.close().whenComplete { _ in other.writeAndFlush(buffer, promise: nil) }
        default: other.writeAndFlush(buffer, promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        // What was passed on last is to arrive.
        other.eventLoop.execute { [other] in other.close(promise: nil) }
    }
}
