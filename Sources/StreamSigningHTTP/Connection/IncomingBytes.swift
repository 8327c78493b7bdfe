import NIOCore

/// Passes on what a client sends, until nothing of it matters any more. The decoder behind it would keep what follows on another
/// protocol, which nobody takes up, without end.
final class IncomingBytes: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    var isDropped = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isDropped { context.fireChannelRead(data) }
    }
}
