import NIOCore
import NIOHTTP1

/// Feeds NIO's parser of requests with what a client sends.
///
/// `ByteToMessageHandler` would do that too. It keeps without end what follows on another protocol, which nobody takes up, and it
/// takes a fortieth of the time of a request.
final class RequestParser: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = HTTPServerRequestPart

    private let decoder: HTTPRequestDecoder
    /// More than that is not part of a request's head.
    private let mostKept: Int
    /// What the decoder wants to see once more, with what follows: the beginning of a field, or what is not HTTP any more.
    private var kept = ByteBuffer()
    /// Whether it is known that nothing more can be read from the client.
    private var isOver = false
    /// The decoder cannot be called by what it calls, so what comes in the meantime waits.
    private var isParsing = false
    private var waiting: [ByteBuffer] = []

    init(limits: NIOHTTPDecoderLimitConfiguration) {
        decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
        mostKept = 2 * limits.maxHeaderListSize
    }

    func handlerAdded(context: ChannelHandlerContext) {
        decoder.decoderAdded(context: context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        decoder.decoderRemoved(context: context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        guard !isParsing else { return waiting.append(bytes) }
        parse(bytes, context)
        while !waiting.isEmpty { parse(waiting.removeFirst(), context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(context)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { end(context) }
        context.fireUserInboundEventTriggered(event)
    }

    private func parse(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        guard !isOver else { return }
        var bytes = bytes
        if kept.readableBytes > 0 {
            kept.writeBuffer(&bytes)
            (bytes, kept) = (kept, ByteBuffer())
        }
        isParsing = true
        defer { isParsing = false }
        do {
            _ = try decoder.decode(context: context, buffer: &bytes)
        } catch {
            isOver = true
            return context.fireErrorCaught(error)
        }
        guard bytes.readableBytes > 0 else { return }
        if bytes.readableBytes > mostKept {
            isOver = true
        } else {
            bytes.discardReadBytes()
            kept = bytes
        }
    }

    /// Nothing more will come, which is an error in the midst of a request.
    private func end(_ context: ChannelHandlerContext) {
        guard !isOver, !isParsing else { return }
        isOver = true
        do {
            kept = ByteBuffer()
            _ = try decoder.decodeLast(context: context, buffer: &kept, seenEOF: true)
        } catch {
            context.fireErrorCaught(error)
        }
    }
}
