import NIOCore
import NIOHTTP1

/// Feeds NIO's parser of requests with what a client sends.
///
/// `ByteToMessageHandler` would do it too. It buffers what follows a switch to another protocol, which nobody takes up, and takes a
/// fortieth of the time of a request.
final class RequestParser: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = HTTPServerRequestPart

    private let decoder: HTTPRequestDecoder
    /// What the decoder wants to see once more, with what follows: the beginning of a field, or what is not HTTP any more.
    private var kept = ByteBuffer()
    /// The decoder limits the parts of a field, and not the blanks between them.
    private let mostKept: Int
    /// Whether what the client sends is dropped.
    private var isOver = false
    /// The decoder cannot be called by what it calls, so what comes in the meantime waits.
    private var isParsing = false
    private var waiting: [ByteBuffer] = []
    private var hasInputEnded = false

    init(limits: NIOHTTPDecoderLimitConfiguration) {
        decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
        mostKept = 2 * limits.maxHeaderListSize
    }

    /// Drops what the client sends from now on.
    func stop() {
        isOver = true
        kept = ByteBuffer()
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
        if hasInputEnded { end(context) }
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
            // It takes all that it can at once, and never asks to be called again.
            _ = try decoder.decode(context: context, buffer: &bytes)
            guard bytes.readableBytes <= mostKept else { throw HTTPParserError.headerOverflow }
        } catch {
            stop()
            return context.fireErrorCaught(error)
        }
        guard bytes.readableBytes > 0, !isOver else { return }
        bytes.discardReadBytes()
        kept = bytes
    }

    /// Nothing more will come, which is an error in the midst of a request.
    private func end(_ context: ChannelHandlerContext) {
        hasInputEnded = true
        guard !isOver, !isParsing else { return }
        stop()
        do {
            var nothing = ByteBuffer()
            _ = try decoder.decodeLast(context: context, buffer: &nothing, seenEOF: true)
        } catch {
            context.fireErrorCaught(error)
        }
    }
}
