import NIOCore
import NIOHTTP1
import StreamSigning

/// One connection: tells its ``HTTPConnectionState`` what happens, and does what that says.
///
/// A request is answered as soon as what its answer depends on is there: its head, or its head and body.
final class HTTPConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never

    private let responder: any HTTPResponder
    private let place: ConnectionPlace
    private let parser: RequestParser
    private let outgoing: Outgoing
    private let bodies: BodyWriter
    private let times: ConnectionTimes
    private let peer: Peer
    private var state = HTTPConnectionState()
    /// The body that is being collected.
    private var body: RequestBody?
    private var clocks = ConnectionClocks()
    /// Whether the state waits to hear that what was written has left.
    private var awaitsFlush = false
    private var reading = ReadingPace()
    /// Whether the channel takes more. As it last said: asking it takes as long as a few of the questions that depend on it.
    private var isWritable = true

    init(
        _ responder: any HTTPResponder, _ place: ConnectionPlace, from peer: Peer, parser: RequestParser,
        outgoing: Outgoing, files: BodyWriter.FileMeans, times: ConnectionTimes
    ) {
        self.responder = responder
        self.place = place
        self.parser = parser
        self.outgoing = outgoing
        bodies = BodyWriter(files: files, outgoing: outgoing)
        self.times = place.isReserved ? times.brief : times
        self.peer = peer
    }

    func handlerAdded(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
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
        if let action = state.receive(unwrapInboundIn(data), isWritable: isWritable) {
            perform(action, context)
        }
        takeQueue(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        reading.completeRead(of: context.channel)
        settle(context)
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if state.mayRead(isWritable: isWritable) { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        if isWritable { settle(context) } else { watch(context) }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError {
            state.breakInput(HTTPProblem(error))
        } else {
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
        while let action = state.next(isWritable: isWritable) { perform(action, context) }
    }

    /// Goes on after whatever has happened, as far as possible.
    private func settle(_ context: ChannelHandlerContext) {
        takeQueue(context)
        if let action = state.settle() { perform(action, context) }
        if state.isClosing { parser.stop() }
        flush(context)
        if state.releasesRead(isWritable: isWritable) { context.read() }
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
            awaitsFlush = true
            flush(context)
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
        case .later(let answer, let fields):
            answer.assumeIsolated().whenComplete { result in
                self.clocks.lastActivity = .now()
                var answer = (try? result.get()) ?? self.responder.answer(to: .failed, from: self.peer)
                if let fields { answer.add(fields) }
                self.write(answer, context)
                self.settle(context)
            }
        case .body(let limit, let then):
            switch state.collectBody(limit: limit) {
            case .tooLarge: handle(then(.failure(.bodyTooLarge)), context)
            case .begins(let room, let asks):
                body = RequestBody(room: room, then: then)
                guard asks else { return }
                outgoing.append { $0.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n") }
                flush(context)
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
        outgoing.append { answer.write(into: &$0, date: responder.date) }
        if let body = answer.streamed {
            write(body, context)
        } else if answer.isLast {
            awaitsFlush = true
        }
        if outgoing.count > 64 << 10 { flush(context) }
    }

    private func write(_ body: StreamedBody, _ context: ChannelHandlerContext) {
        var isNow = true
        bodies.write(body, to: context) { progress in
            self.clocks.noteProgress(at: .now())
            switch progress {
            case .some: break
            case .failed: self.abort(context)
            case .done:
                if let action = self.state.finishSending() { self.perform(action, context) }
                // What is done at once is settled with the event that asked for it.
                if !isNow { self.settle(context) }
            }
        }
        isNow = false
    }

    private func flush(_ context: ChannelHandlerContext) {
        let sent = outgoing.flush(context)
        guard awaitsFlush else { return }
        awaitsFlush = false
        guard let sent else { return finishSending(context) }
        sent.assumeIsolated().whenComplete { _ in self.finishSending(context) }
    }

    private func finishSending(_ context: ChannelHandlerContext) {
        if let action = state.finishSending() { perform(action, context) }
        settle(context)
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
        clocks.note(isOpen: state.awaitsRest, isWritable: isWritable, at: .now())
        guard let time = clocks.next(times)?.time, clocks.needsAlarm(at: time) else { return }
        clocks.schedule(at: time, on: context.eventLoop) {
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
