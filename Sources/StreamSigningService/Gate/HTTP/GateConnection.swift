#if Service
    import NIOCore
    import NIOExtras
    import NIOHTTP1
    import NIOPosix

    /// One connection: takes requests in order, has each answered, and writes the answers.
    ///
    /// While an answer waits for a file or for the network, nothing more is read, so what a client can pile up is what one read
    /// brings.
    final class GateConnection: ChannelDuplexHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundIn = Never
        typealias OutboundOut = IOData

        private let responder: GateResponder
        private let bodies: FileBodyWriter
        private let idleTimeout: TimeAmount
        private var peer = Peer(address: nil, isTrusted: false)
        private var head: HTTPRequestHead?
        private var waiting = CircularBuffer<HTTPRequestHead>()
        private var isBusy = false
        private var wantsRead = false
        /// What came behind the requests that wait is no HTTP.
        private var failure: HTTPParserError?
        /// Whether the client has said all that it has to say.
        private var hasEnded = false
        /// Whether no request behind the present one is answered.
        private var isClosing = false
        private var lastActivity = NIODeadline.now()
        private var timeout: Scheduled<Void>?

        init(_ responder: GateResponder, bodies: FileBodyWriter, idleTimeout: TimeAmount) {
            self.responder = responder
            self.bodies = bodies
            self.idleTimeout = idleTimeout
        }

        func channelActive(context: ChannelHandlerContext) {
            peer = responder.viewers.peer(context.remoteAddress)
            watch(context, in: idleTimeout)
            context.fireChannelActive()
        }

        func channelInactive(context: ChannelHandlerContext) {
            timeout?.cancel()
            isClosing = true
            waiting.removeAll()
            context.fireChannelInactive()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
            case .body:
                // No request here has a use for one: it is read and forgotten.
                break
            case .end:
                guard let head, !isClosing else { return }
                self.head = nil
                lastActivity = .now()
                waiting.append(head)
                answerNext(context)
            }
        }

        func channelReadComplete(context: ChannelHandlerContext) {
            context.flush()
            context.fireChannelReadComplete()
        }

        func read(context: ChannelHandlerContext) {
            if isBusy || !waiting.isEmpty || !context.channel.isWritable { wantsRead = true } else { context.read() }
        }

        func channelWritabilityChanged(context: ChannelHandlerContext) {
            if context.channel.isWritable, !isBusy { resume(context) }
            context.fireChannelWritabilityChanged()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            guard let error = error as? HTTPParserError, !isClosing else { return context.close(promise: nil) }
            failure = error
            resume(context)
        }

        private func refuse(_ failure: HTTPParserError, _ context: ChannelHandlerContext) {
            responder.loop.metrics.count(.other)
            let answer: GateAnswer =
                failure == .headerOverflow
                ? .text(.requestHeaderFieldsTooLarge, "the request's head is too large")
                : .text(.badRequest, "the request is not valid HTTP/1.1")
            write(answer, isLast: true, context)
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event as? ChannelEvent == .inputClosed {
                hasEnded = true
                return resume(context)
            }
            guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
            isDraining = true
            guard isBusy || !waiting.isEmpty || head != nil else { return context.close(promise: nil) }
            // A download over a slow line may take for ever, and somebody waits for the service to stop.
            context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) { context.close(promise: nil) }
        }

        /// Whether the service is stopping: the next answer is the last.
        private var isDraining = false
        /// How long the answers that were begun may take then.
        private static let patience = TimeAmount.seconds(10)

        private func answerNext(_ context: ChannelHandlerContext) {
            // What a client does not take is not made: it could ask for more than there is memory.
            while !isBusy, !isClosing, context.channel.isWritable, let head = waiting.popFirst() {
                switch responder.reply(to: head, from: peer) {
                case .now(let answer):
                    write(answer, to: head, context)
                case .later(let future):
                    isBusy = true
                    future.assumeIsolated().whenComplete { result in
                        self.isBusy = false
                        self.write((try? result.get()) ?? .unavailable, to: head, context)
                        self.resume(context)
                    }
                }
            }
        }

        private func write(_ answer: GateAnswer, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
            let isLast = !head.isKeepAlive || head.version.minor == 0 || head.endsHTTP || isDraining
            write(head.method == .HEAD ? answer.withoutBody : answer, isLast: isLast, context)
        }

        private func write(_ answer: GateAnswer, isLast: Bool, _ context: ChannelHandlerContext) {
            guard context.channel.isActive else { return }
            var answer = answer
            answer.isLast = isLast
            isClosing = isClosing || isLast
            var buffer = context.channel.allocator.buffer(capacity: 768)
            answer.write(into: &buffer, date: responder.loop.date(at: responder.loop.now))
            guard case .file(let file, let range) = answer.body, !range.isEmpty else {
                let done = isLast ? context.eventLoop.makePromise(of: Void.self) : nil
                context.write(wrapOutboundOut(.byteBuffer(buffer)), promise: done)
                done?.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
                return
            }
            context.write(wrapOutboundOut(.byteBuffer(buffer)), promise: nil)
            isBusy = true
            bodies.write(file, range, to: context) { progress in
                self.lastActivity = .now()
                switch progress {
                case .some: break
                case .failed: context.close(promise: nil)
                case .done:
                    self.isBusy = false
                    if isLast { context.close(promise: nil) } else { self.resume(context) }
                }
            }
        }

        /// Goes on after an answer that took its time.
        private func resume(_ context: ChannelHandlerContext) {
            answerNext(context)
            let isIdle = !isBusy && !isClosing && waiting.isEmpty
            if isIdle, let failure { refuse(failure, context) }
            context.flush()
            if isIdle, failure == nil, hasEnded || isDraining && head == nil { return closeBehindAnswers(context) }
            if wantsRead, !isBusy, waiting.isEmpty, context.channel.isWritable {
                wantsRead = false
                context.read()
            }
        }

        private func closeBehindAnswers(_ context: ChannelHandlerContext) {
            isClosing = true
            context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer()))).assumeIsolated().whenComplete { _ in
                context.close(promise: nil)
            }
        }

        /// Closes a connection on which no request came, and no part of an answer went out, for too long. Single bytes do not
        /// count, so that a head that drips in ends too.
        private func watch(_ context: ChannelHandlerContext, in delay: TimeAmount) {
            timeout = context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
                let rest = self.lastActivity + self.idleTimeout - .now()
                if rest > .zero { self.watch(context, in: rest) } else { context.close(promise: nil) }
            }
        }
    }

    extension HTTPRequestHead {
        /// Whether what follows on the connection would be another protocol, had we taken it up: the parser reads no further.
        fileprivate var endsHTTP: Bool {
            method == .CONNECT || headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
        }
    }
#endif
