import NIOCore

/// Keeps a listener to a number of connections at once. One too many waits in the kernel's queue. If no place becomes free for
/// some seconds, it is accepted and closed, and so is every other until one ends: clients can tell, and try elsewhere.
///
/// Belongs to the listening channel, which must accept one connection at a time (`maxMessagesPerRead`).
final class ConnectionLimit: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    private let limit: Int
    private let patience: TimeAmount
    private var open = 0
    /// Set while nothing is accepted because there is no room.
    private var waiting: Scheduled<Void>?
    /// Whether waiting did not help, and new connections are closed.
    private var isShedding = false

    /// - Parameter patience: how long there may be no room before connections are closed. Longer than connections linger after their last answer
    ///   (``ConnectionTimes/linger``), so that those which are about to end make room.
    init(_ limit: Int, patience: TimeAmount = .seconds(3)) {
        self.limit = limit
        self.patience = patience
    }

    func read(context: ChannelHandlerContext) {
        guard open >= limit, !isShedding else { return context.read() }
        guard waiting == nil else { return }
        waiting = context.eventLoop.assumeIsolated().scheduleTask(in: patience) { [self] in
            waiting = nil
            isShedding = true
            context.read()
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        guard open < limit else { return channel.close(promise: nil) }
        open += 1
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        channel.closeFuture.hop(to: context.eventLoop).whenComplete { _ in
            let (limit, context) = bound.value
            limit.makeRoom(context)
        }
        context.fireChannelRead(data)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        waiting?.cancel()
        waiting = nil
    }

    private func makeRoom(_ context: ChannelHandlerContext) {
        open -= 1
        isShedding = false
        guard let waiting else { return }
        waiting.cancel()
        self.waiting = nil
        context.read()
    }
}
