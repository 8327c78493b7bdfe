import NIOCore
import NIOHTTP1
import StreamSigning

/// One connection: tells its ``HTTPConnectionState`` what happens, and does what that says.
///
/// A request is answered as soon as what its answer depends on is there: its head, or its head and body.
final class HTTPConnection<Responder: HTTPResponder>: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = IOData

    private let responder: Responder
    private let place: ConnectionPlace
    private let bodies: BodyWriter
    private let times: ConnectionTimes
    private let peer: Responder.Peer
    private var state = HTTPConnectionState()
    /// The body that is being collected.
    private var body: RequestBody?
    private var clocks = ConnectionClocks()
    /// Bytes written since the last flush. A handler on the way may keep them where the channel does not count them.
    private var unflushed = 0
    private var reading = ReadingPace()

    /// - Parameter address: the client's; nil if it is not known.
    init(
        _ responder: Responder, _ place: ConnectionPlace, from address: IPAddress?, bodies: BodyWriter,
        times: ConnectionTimes
    ) {
        self.responder = responder
        self.place = place
        self.bodies = bodies
        self.times = place.isReserved ? times.brief : times
        peer = responder.peer(address)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // Nothing unless a proxy has begun the connection: then it is active already.
        watch(context)
    }

    func channelActive(context: ChannelHandlerContext) {
        watch(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        clocks.stop()
        state.close()
        dropBody()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        state.receive(unwrapInboundIn(data))
        takeQueue(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        reading.completeRead(of: context.channel)
        settle(context)
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if state.mayRead(isWritable: context.channel.isWritable) { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { settle(context) } else { watch(context) }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError {
            state.breakInput(HTTPProblem(error))
        } else if !(error is ByteToMessageDecoderError && state.isClosing) {
            // The decoder complains about each piece that follows the last request, and that does not matter.
            abort(context)
        }
        settle(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            state.endInput()
        } else if event is ChannelShouldQuiesceEvent {
            state.stop()
            // A client on a slow line may take for ever, and the operator waits for the service to stop.
            context.eventLoop.assumeIsolated().scheduleTask(in: times.patience) { self.abort(context) }
        } else {
            return context.fireUserInboundEventTriggered(event)
        }
        settle(context)
    }
}

// MARK: Actions

extension HTTPConnection {
    private func takeQueue(_ context: ChannelHandlerContext) {
        while let action = state.next(isWritable: context.channel.isWritable) { perform(action, context) }
    }

    /// Goes on after whatever has happened, as far as possible.
    private func settle(_ context: ChannelHandlerContext) {
        takeQueue(context)
        if let action = state.settle() { perform(action, context) }
        flush(context)
        if state.releasesRead(isWritable: context.channel.isWritable) { context.read() }
        watch(context)
    }

    private func perform(_ action: HTTPConnectionState.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .reply(let head): reply(to: head, context)
        case .refuse(let problem): write(responder.answer(to: problem, from: peer), context)
        case .keep(let bytes): body?.append(bytes)
        case .finishBody(let problem): finishBody(problem, context)
        case .noteEnd: clocks.noteRequest(at: .now())
        case .flush:
            unflushed = 0
            finishSending(context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer()))), context)
        case .linger:
            clocks.lingersUntil = .now() + times.linger
            context.close(mode: .output).assumeIsolated().whenFailure { _ in self.abort(context) }
        case .close: context.close(promise: nil)
        }
    }

    private func reply(to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        reading.noteRequest()
        place.noteRequest()
        if place.isReserved {
            state.stop()
            guard responder.isProbe(head) else {
                place.noteRefusal()
                return write(responder.answer(to: .noPlace, from: peer), context)
            }
        }
        handle(responder.reply(to: head, from: peer), context)
    }

    private func handle(_ reply: HTTPReply, _ context: ChannelHandlerContext) {
        switch reply {
        case .now(let answer): write(answer, context)
        case .later(let answer):
            answer.assumeIsolated().whenComplete { result in
                self.clocks.lastActivity = .now()
                self.write(
                    (try? result.get()) ?? self.responder.answer(to: .failed, from: self.peer), context)
                self.settle(context)
            }
        case .body(let limit, let then):
            switch state.collectBody(limit: limit) {
            case .tooLarge: handle(then(.failure(.bodyTooLarge)), context)
            case .begins(let room, let asks):
                body = RequestBody(room: room, then: then)
                guard asks else { return }
                let asking = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
                context.writeAndFlush(wrapOutboundOut(.byteBuffer(asking)), promise: nil)
            }
        }
    }

    private func finishBody(_ problem: HTTPProblem?, _ context: ChannelHandlerContext) {
        if problem == nil { clocks.noteRequest(at: .now()) }
        guard let then = body?.then, let bytes = dropBody() else { return }
        handle(then(problem.map { .failure($0) } ?? .success(bytes)), context)
    }

    /// - Returns: what was collected; it is wiped when it is released.
    @discardableResult
    private func dropBody() -> SecretBytes? {
        defer { body = nil }
        return body?.take()
    }

    private func write(_ answer: HTTPAnswer, _ context: ChannelHandlerContext) {
        guard let answer = state.answer(answer) else { return }
        var buffer = context.channel.allocator.buffer(capacity: answer.capacity)
        answer.write(into: &buffer, date: responder.date)
        unflushed += buffer.readableBytes
        defer { if unflushed > 64 << 10 { flush(context) } }
        if let body = answer.streamed {
            context.write(wrapOutboundOut(.byteBuffer(buffer)), promise: nil)
            write(body, context)
        } else if answer.isLast {
            finishSending(context.write(wrapOutboundOut(.byteBuffer(buffer))), context)
        } else {
            context.write(wrapOutboundOut(.byteBuffer(buffer)), promise: nil)
        }
    }

    private func write(_ body: StreamedBody, _ context: ChannelHandlerContext) {
        bodies.write(body, to: context) { progress in
            self.clocks.noteProgress(at: .now())
            switch progress {
            case .some: break
            case .failed: self.abort(context)
            case .done: self.finishSending(context)
            }
        }
    }

    private func finishSending(_ written: EventLoopFuture<Void>, _ context: ChannelHandlerContext) {
        written.assumeIsolated().whenComplete { _ in self.finishSending(context) }
    }

    private func finishSending(_ context: ChannelHandlerContext) {
        if let action = state.finishSending() { perform(action, context) }
        settle(context)
    }

    private func flush(_ context: ChannelHandlerContext) {
        unflushed = 0
        context.flush()
    }

    private func abort(_ context: ChannelHandlerContext) {
        state.close()
        context.close(promise: nil)
    }
}

// MARK: Time

extension HTTPConnection {
    /// Makes sure that the connection ends when the client takes too long.
    private func watch(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        place.note(state.activity)
        clocks.isWaiting = state.isAnswering
        clocks.note(isOpen: state.awaitsRest, isWritable: context.channel.isWritable, at: .now())
        clocks.schedule(at: clocks.next(times)?.time, on: context.eventLoop) {
            self.clocks.clearAlarm()
            self.endIfTooLate(context)
            self.watch(context)
        }
    }

    private func endIfTooLate(_ context: ChannelHandlerContext) {
        guard let next = clocks.next(times), next.time <= .now() else { return }
        guard next.delay == .request, let action = state.giveUpBody() else { return abort(context) }
        perform(action, context)
        flush(context)
    }
}
