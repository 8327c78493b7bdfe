import NIOCore
import NIOEmbedded
import Testing

@testable import StreamSigningHTTP

@Suite("A limit of two connections")
struct ConnectionLimitTests {
    private let requests = ReadCounter()
    private let listener: EmbeddedChannel

    init() throws {
        listener = EmbeddedChannel(handlers: [requests, ConnectionLimit(2, patience: .seconds(1))])
    }

    /// A connection that the kernel hands out, and whether the limit passes it on.
    private func accept() throws -> (channel: EmbeddedChannel, isServed: Bool) {
        let channel = EmbeddedChannel(loop: listener.embeddedEventLoop)
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        try listener.writeInbound(channel as any Channel)
        return (channel, try listener.readInbound(as: (any Channel).self) != nil)
    }

    @Test("serves two, and asks the kernel for no third")
    func limit() throws {
        #expect(try accept().isServed)
        listener.read()
        #expect(requests.count == 1)
        #expect(try accept().isServed)
        listener.read()
        #expect(requests.count == 1)
    }

    @Test("asks for the third as soon as one of the two has ended")
    func room() throws {
        let first = try accept().channel
        _ = try accept()
        listener.read()
        #expect(requests.count == 0)
        first.close(promise: nil)
        listener.embeddedEventLoop.run()
        #expect(requests.count == 1)
        #expect(try accept().isServed)
    }

    @Test("closes the third when there was no room for a second", arguments: [(999, 0), (1_000, 1)])
    func patience(milliseconds: Int64, accepted: Int) throws {
        _ = (try accept(), try accept())
        listener.read()
        listener.embeddedEventLoop.advanceTime(by: .milliseconds(milliseconds))
        #expect(requests.count == accepted)
        let third = try accept()
        #expect(!third.isServed && !third.channel.isActive)
    }

    @Test("waits again for the next one once there was room")
    func recovery() throws {
        let first = try accept().channel
        _ = try accept()
        listener.read()
        listener.embeddedEventLoop.advanceTime(by: .seconds(1))
        listener.read()
        #expect(requests.count == 2, "while it closes what comes, it does not wait")
        first.close(promise: nil)
        listener.embeddedEventLoop.run()
        #expect(try accept().isServed)
        listener.read()
        #expect(requests.count == 2)
    }
}

/// Counts how often a listening channel asks the kernel for connections.
private final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = Never

    private(set) var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}
