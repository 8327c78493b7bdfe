import NIOCore

/// One connection: collects whole requests, and writes what the script has for each.
final class ScriptedConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: ScriptedServer
    private var received: [UInt8] = []

    init(server: ScriptedServer) {
        self.server = server
    }

    func channelActive(context: ChannelHandlerContext) {
        guard !server.greeting.isEmpty else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: server.greeting)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += Array(buffer: unwrapInboundIn(data))
        while let (request, count) = ReceivedRequest.read(received) {
            received.removeFirst(count)
            let reply = server.reply(to: request)
            let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply.bytes)))
            let mode: CloseMode? =
                switch reply.ending {
                case .keepAlive, .silence: nil
                case .close: .all
                case .halfClose: .output
                }
            guard let mode else { continue }
            let context = NIOLoopBound(context, eventLoop: context.eventLoop)
            written.whenComplete { _ in context.value.close(mode: mode, promise: nil) }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
