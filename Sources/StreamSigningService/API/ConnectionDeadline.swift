#if Service
    import NIOCore
    import NIOHTTPTypes

    /// Closes what the idle timeout does not see: a client that does not take its answer, and one whose request goes on after it
    /// was answered.
    final class ConnectionDeadline: ChannelDuplexHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPRequestPart
        typealias InboundOut = HTTPRequestPart
        typealias OutboundIn = HTTPResponsePart
        typealias OutboundOut = HTTPResponsePart

        private let timeout: TimeAmount
        /// Whether a request has begun and not ended.
        private var isRequestOpen = false
        /// Whether that request's answer has gone out.
        private var isAnswered = false
        private var closing: Scheduled<Void>?

        init(_ timeout: TimeAmount) {
            self.timeout = timeout
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head: (isRequestOpen, isAnswered) = (true, false)
            case .body: break
            case .end: isRequestOpen = false
            }
            watch(context)
            context.fireChannelRead(data)
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            if case .end = unwrapOutboundIn(data) { isAnswered = true }
            context.write(data, promise: promise)
            watch(context)
        }

        func channelWritabilityChanged(context: ChannelHandlerContext) {
            watch(context)
            context.fireChannelWritabilityChanged()
        }

        func channelInactive(context: ChannelHandlerContext) {
            closing?.cancel()
            context.fireChannelInactive()
        }

        func handlerRemoved(context: ChannelHandlerContext) {
            closing?.cancel()
        }

        /// The time runs from when it first goes wrong: neither a byte now and then nor a read now and then extends it.
        private func watch(_ context: ChannelHandlerContext) {
            guard !context.channel.isWritable || isRequestOpen && isAnswered else {
                closing?.cancel()
                closing = nil
                return
            }
            guard closing == nil else { return }
            let channel = context.channel
            closing = context.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
        }
    }
#endif
