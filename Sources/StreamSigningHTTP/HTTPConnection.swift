import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import StreamSigning

/// One connection: takes requests in order, has each answered, and writes the answers.
///
/// A request is answered as soon as what it depends on is there: its head, or its head and body. While an answer waits for
/// anything, nothing more is read, so what a client can pile up is what one read brings.
final class HTTPConnection<Responder: HTTPResponder>: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = IOData

    private let responder: Responder
    private let bodies: FileBodyWriter
    private let times: ConnectionTimes
    private var peer: Responder.Peer
    /// Begins with the head of a request that has to wait.
    private var waiting = CircularBuffer<HTTPServerRequestPart>()
    /// The request whose end has not come.
    private var open: OpenRequest?
    /// What came behind the requests that wait is no HTTP.
    private var failure: HTTPParserError?
    private var isBusy = false
    private var wantsRead = false
    /// Whether the client has said all that it has to say.
    private var hasEnded = false
    /// Whether no request behind the present one is answered.
    private var isClosing = false
    /// Whether the last answer is out, and what the client still sends is read so that it gets to see it.
    private var isLingering: Bool { clocks.lingersUntil != nil }
    private var hasWritten = false
    /// Bytes of answers that lie in the pipeline: a handler before ours may keep them where the channel does not count them.
    private var unflushed = 0
    /// Whether the service is stopping: the next answer is the last.
    private var isDraining = false
    private var clocks = ConnectionClocks()

    package init(_ responder: Responder, bodies: FileBodyWriter, times: ConnectionTimes) {
        self.responder = responder
        self.bodies = bodies
        self.times = times
        peer = responder.peer(nil)
    }

    func channelActive(context: ChannelHandlerContext) {
        peer = responder.peer(context.remoteAddress)
        watch(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        clocks.stop()
        isClosing = true
        open = nil
        waiting.removeAll()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        waiting.append(unwrapInboundIn(data))
        takeWaiting(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isDraining, !isBusy, !isClosing, waiting.isEmpty { endIfNothingFollows(context) }
        watch(context)
        flush(context)
        context.fireChannelReadComplete()
    }

    package func read(context: ChannelHandlerContext) {
        wantsRead = !isLingering && (isBusy || !waiting.isEmpty || !context.channel.isWritable)
        if !wantsRead { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, !isBusy { resume(context) }
        watch(context)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What stands behind the last answer does not matter, and the decoder has something to say of each piece.
        if isClosing, error is HTTPParserError || error is ByteToMessageDecoderError { return flush(context) }
        guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
        failure = error
        resume(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            hasEnded = true
            // What followed the last answer was all that was waited for.
            return isClosing && !isBusy ? closeBehindAnswers(context) : resume(context)
        }
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isDraining = true
        // A client may take its answer over a slow line for ever, and somebody waits for the service to stop.
        context.eventLoop.assumeIsolated().scheduleTask(in: times.patience) { context.close(promise: nil) }
        if !isBusy, !isClosing, waiting.isEmpty, open == nil { closeBehindAnswers(context) }
    }

    /// Goes on after an answer that took its time.
    private func resume(_ context: ChannelHandlerContext) {
        takeWaiting(context)
        if !isBusy, !isClosing, waiting.isEmpty { endIfNothingFollows(context) }
        flush(context)
        if wantsRead { read(context: context) }
        watch(context)
    }

    private func endIfNothingFollows(_ context: ChannelHandlerContext) {
        if failure != nil || hasEnded, open?.body != nil { return finishBody(.failure(.bodyBroken), context) }
        if let failure, open == nil {
            return write(responder.answer(to: HTTPProblem(failure), from: peer), isLast: true, context)
        }
        // Nobody gets a second answer for what is wrong behind a head that was answered.
        if failure != nil || hasEnded || isDraining && open == nil { closeBehindAnswers(context) }
    }

    private func closeBehindAnswers(_ context: ChannelHandlerContext) {
        isClosing = true
        guard hasWritten else { return context.close(promise: nil) }
        let isExpected = failure != nil || open != nil
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer()))).assumeIsolated().whenComplete { _ in
            if isExpected { self.close(context) } else { context.close(promise: nil) }
        }
    }

    private func flush(_ context: ChannelHandlerContext) {
        unflushed = 0
        context.flush()
    }
}

// MARK: Requests

extension HTTPConnection {
    private func takeWaiting(_ context: ChannelHandlerContext) {
        while let part = waiting.first {
            if case .head = part, !isClosing {
                // What a client does not take is not made: it could ask for more than there is memory.
                guard !isBusy, open == nil, context.channel.isWritable else { return }
            }
            waiting.removeFirst()
            take(part, context)
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        switch part {
        case .head(let head):
            open = OpenRequest(head)
            guard head.version.major == 1, head.hasSoundHost else {
                return write(responder.answer(to: .noHost, from: peer), to: head, context)
            }
            guard head.hasKnownLength else {
                open?.isCutOff = true
                return write(responder.answer(to: .notHTTP, from: peer), to: head, context)
            }
            handle(responder.reply(to: head, from: peer), to: head, context)
        case .body(let bytes):
            guard open?.body != nil else { return }
            if open?.body?.append(bytes) == false { finishBody(.failure(.bodyTooLarge), context) }
        case .end:
            clocks.lastActivity = .now()
            clocks.restartRequest()
            open?.hasEnded = true
            if let bytes = open?.body?.take() { finishBody(.success(bytes), context) }
            open = nil
        }
    }

    private func handle(_ reply: HTTPReply, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        switch reply {
        case .now(let answer):
            write(answer, to: head, context)
        case .later(let future):
            isBusy = true
            clocks.isWaiting = true
            future.assumeIsolated().whenComplete { result in
                self.isBusy = false
                self.clocks.isWaiting = false
                self.clocks.lastActivity = .now()
                self.write(
                    (try? result.get()) ?? self.responder.answer(to: .failed, from: self.peer), to: head, context)
                self.resume(context)
            }
        case .body(let limit, let then):
            if head.contentLength ?? 0 > limit {
                open?.isCutOff = true
                return handle(then(.failure(.bodyTooLarge)), to: head, context)
            }
            open?.body = RequestBody(length: head.contentLength, limit: limit, then: then)
            if head.expectsContinue {
                open?.isAwaited = true
                let asking = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
                context.writeAndFlush(wrapOutboundOut(.byteBuffer(asking)), promise: nil)
            }
        }
    }

    private func finishBody(_ result: Result<SecretBytes, HTTPProblem>, _ context: ChannelHandlerContext) {
        guard let head = open?.head, let then = open?.body?.then else { return }
        open?.body = nil
        if case .failure = result { open?.isCutOff = true }
        handle(then(result), to: head, context)
    }

    private func write(_ answer: HTTPAnswer, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let isLast =
            !head.isKeepAlive || head.version.minor == 0 || head.endsHTTP || isDraining
            || open.map { $0.isCutOff || $0.isUnclear } ?? false
        write(head.method == .HEAD ? answer.withoutBody : answer, isLast: isLast, context)
    }
}

// MARK: Answers

extension HTTPConnection {
    private func write(_ answer: HTTPAnswer, isLast: Bool, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        hasWritten = true
        var answer = answer
        answer.isLast = isLast
        isClosing = isClosing || isLast
        var buffer = context.channel.allocator.buffer(capacity: answer.capacity)
        answer.write(into: &buffer, date: responder.date)
        unflushed += buffer.readableBytes
        defer { if unflushed > 64 << 10 { flush(context) } }
        guard case .file(let file, let range) = answer.body, !range.isEmpty else {
            let done = isLast ? context.eventLoop.makePromise(of: Void.self) : nil
            context.write(wrapOutboundOut(.byteBuffer(buffer)), promise: done)
            done?.futureResult.assumeIsolated().whenComplete { _ in self.close(context) }
            return
        }
        context.write(wrapOutboundOut(.byteBuffer(buffer)), promise: nil)
        isBusy = true
        bodies.write(file, range, to: context) { progress in
            self.clocks.noteProgress(at: .now())
            switch progress {
            case .some: break
            case .failed: context.close(promise: nil)
            case .done:
                self.isBusy = false
                if isLast { self.close(context) } else { self.resume(context) }
            }
        }
    }

    /// Ends the connection behind its last answer. A client that sends more, or has sent more than was read, would lose the answer
    /// to the reset that follows: it is told that nothing more will come, and read until it closes too (RFC 9112 9.6).
    private func close(_ context: ChannelHandlerContext) {
        guard !hasEnded, context.channel.isActive else { return context.close(promise: nil) }
        clocks.lingersUntil = .now() + times.linger
        context.close(mode: .output).assumeIsolated().whenFailure { _ in context.close(promise: nil) }
        takeWaiting(context)
        if wantsRead { read(context: context) }
        watch(context)
    }

    /// Sees to it that the connection ends when the client takes too long.
    private func watch(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        clocks.note(isOpen: open != nil && !isBusy, isWritable: context.channel.isWritable, at: .now())
        clocks.schedule(at: clocks.next(times)?.time, on: context.eventLoop) {
            self.clocks.clearAlarm()
            self.endIfTooLate(context)
            self.watch(context)
        }
    }

    private func endIfTooLate(_ context: ChannelHandlerContext) {
        guard let next = clocks.next(times), next.time <= .now() else { return }
        guard next.delay == .request, open?.body != nil, !isClosing else { return context.close(promise: nil) }
        finishBody(.failure(.bodyTooSlow), context)
        flush(context)
    }
}
