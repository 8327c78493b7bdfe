import NIOCore
import StreamSigning

/// Reads the ``ProxyHeader`` with which a trusted proxy begins a connection, and then has the connection served.
///
/// Comes before TLS, which begins behind the header. A proxy that sends anything else, or nothing in time, is not answered: whose
/// connection it is would have to be guessed, and the protocol forbids that.
final class ProxyHeaderHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Never

    /// What becomes of a header.
    enum Outcome: String, CaseIterable, Sendable {
        case read, malformed
        /// It did not come in time.
        case late
    }

    private let patience: TimeAmount
    private let report: (Outcome) -> Void
    private let serve: (ProxyHeader) -> EventLoopFuture<Void>
    private var received = ByteBuffer()
    private var alarm: Scheduled<Void>?
    /// Whether the header is read, and the connection not served yet. Nothing more is read from it in the meantime.
    private var isWaiting = false
    /// Whether the channel wants to read, and was told to wait.
    private var holdsRead = false
    private var hasInputEnded = false

    /// - Parameters:
    ///   - patience: how long the header may take.
    ///   - report: hears what becomes of it.
    ///   - serve: adds the handlers that serve the connection behind this one. If the result fails, the connection is closed.
    init(
        patience: TimeAmount, report: @escaping (Outcome) -> Void,
        serve: @escaping (ProxyHeader) -> EventLoopFuture<Void>
    ) {
        self.patience = patience
        self.report = report
        self.serve = serve
    }

    func channelActive(context: ChannelHandlerContext) {
        alarm = context.eventLoop.assumeIsolated().scheduleTask(in: patience) { self.giveUp(.late, context) }
        context.fireChannelActive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        guard !isWaiting else { return }
        switch ProxyHeader.read(received.readableBytesView) {
        case .incomplete: break
        case .malformed: giveUp(.malformed, context)
        case .complete(let header, let count):
            received.moveReaderIndex(forwardBy: count)
            report(.read)
            alarm?.cancel()
            isWaiting = true
            serve(header).assumeIsolated().whenComplete { result in
                switch result {
                case .success: self.leave(context)
                case .failure: context.close(promise: nil)
                }
            }
        }
    }

    func read(context: ChannelHandlerContext) {
        holdsRead = isWaiting
        if !isWaiting { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            hasInputEnded = true
            if !isWaiting { context.close(promise: nil) }
        } else if event is ChannelShouldQuiesceEvent {
            // No request has come.
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    /// Hands over what has come behind the header, and leaves the rest to the others.
    private func leave(_ context: ChannelHandlerContext) {
        isWaiting = false
        guard context.channel.isActive else { return }
        if received.readableBytes > 0 {
            context.fireChannelRead(wrapInboundOut(received))
            context.fireChannelReadComplete()
        }
        if hasInputEnded { context.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
        if holdsRead { context.read() }
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    private func giveUp(_ outcome: Outcome, _ context: ChannelHandlerContext) {
        report(outcome)
        alarm?.cancel()
        context.close(promise: nil)
    }
}
