#if Service
    import HummingbirdCore
    import Logging
    import NIOCore
    import NIOHTTP1
    import NIOPosix

    /// What makes a connection out of a channel: ours in place of Hummingbird's, which passes each part of a request and of an answer
    /// from one thread to another, and has no word of its own for what is no HTTP.
    struct HTTPChannel<Responder: HTTPResponder>: ServerChildChannel {
        /// One for each event loop, by its identity.
        let responders: [ObjectIdentifier: NIOLoopBound<Responder>]
        private let headerBytes: Int
        private let times: ConnectionTimes
        private let isEncrypted: Bool

        init(
            on group: any EventLoopGroup, headerBytes: Int, times: ConnectionTimes, isEncrypted: Bool,
            _ responder: @escaping @Sendable (any EventLoop) -> Responder
        ) async throws {
            var responders: [ObjectIdentifier: NIOLoopBound<Responder>] = [:]
            for eventLoop in group.makeIterator() {
                responders[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                    NIOLoopBound(responder(eventLoop), eventLoop: eventLoop)
                }.get()
            }
            self.responders = responders
            self.headerBytes = headerBytes
            self.times = times
            self.isEncrypted = isEncrypted
        }

        func addHandlers(to channel: any Channel) throws {
            guard let responder = responders[ObjectIdentifier(channel.eventLoop)]?.value else { return }
            let options = channel.syncOptions
            try options?.setOption(.tcpOption(.tcp_nodelay), value: 1)
            try options?.setOption(.maxMessagesPerRead, value: 1)
            var head = NIOHTTPDecoderLimitConfiguration()
            head.maxHeaderFieldSize = headerBytes
            head.maxHeaderListSize = headerBytes
            head.maxHeaderFieldCount = 100
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(
                ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: head)))
            let bodies = FileBodyWriter(
                means: isEncrypted ? .memory(.singleton) : .region)
            try pipeline.addHandler(HTTPConnection(responder, bodies: bodies, times: times))
        }

        // MARK: ServerChildChannel

        struct Value: ServerChildChannelValue {
            let channel: any Channel
        }

        func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
            channel.eventLoop.makeCompletedFuture {
                try addHandlers(to: channel)
                return Value(channel: channel)
            }
        }

        func handle(value: Value, logger: Logger) async {
            await withTaskCancellationHandler {
                try? await value.channel.closeFuture.get()
            } onCancel: {
                value.channel.close(promise: nil)
            }
        }
    }
#endif
