import NIOCore
import NIOHTTP1

/// Where a connection is in its exchange of requests and answers. Events go in and actions come out; it knows neither sockets nor
/// clocks.
///
/// Requests are answered one at a time and in order. While one is being answered, the heads that follow wait in a queue, and
/// while there are any, nothing more is read.
struct HTTPConnectionState {
    /// What the connection does next.
    enum Action: Equatable {
        /// Ask the responder about a request.
        case reply(HTTPRequestHead)
        /// Answer what cannot be asked about.
        case refuse(HTTPProblem)
        /// Keep a piece of the body that is being collected.
        case keep(ByteBuffer)
        /// Answer a request whose body is complete, or cannot be had.
        case finishBody(HTTPProblem?)
        /// Note that a request was read to its end.
        case noteEnd
        /// Flush what was written, and then say so with ``HTTPConnectionState/finishSending()``.
        case flush
        /// Tell the client that nothing more will come, and go on reading until it closes (RFC 9112 9.6).
        case linger
        case close
    }

    /// What becomes of a body that an answer depends on.
    enum Collection: Equatable {
        /// It is collected; `room` bytes are accepted. `asks`: the client waits to be asked for it.
        case begins(room: Int, asks: Bool)
        /// It announces more than is accepted.
        case tooLarge
    }

    private enum Phase {
        /// No request has come.
        case new
        /// Every request that has come is answered and read to its end.
        case idle
        /// The answer depends on the body, of which `room` more bytes are accepted.
        case collecting(OpenRequest, room: Int)
        /// An answer is being made.
        case answering(OpenRequest)
        /// An answer is being made to bytes that are not HTTP.
        case refusing
        /// An answer takes its time to send.
        case sending(OpenRequest, isLast: Bool)
        /// The request is answered, and the rest of its body is dropped.
        case skipping(OpenRequest)
        /// The last answer is on its way to the client.
        case closing(lingers: Bool)
        /// The last answer is out. What the client still sends is read and dropped: if it were not read, the connection would
        /// be reset, and the client might lose the answer.
        case lingering
        case closed
    }

    /// What may still come from the client.
    private enum Input {
        case open
        /// What came after the requests in the queue is not HTTP.
        case broken(HTTPProblem)
        /// The client has said all that it has to say.
        case ended(after: HTTPProblem?)
    }

    private var phase = Phase.new
    private var input = Input.open
    /// What has come and was not taken yet: nothing, or the head of a request that has to wait and what follows it.
    private var queue = CircularBuffer<HTTPServerRequestPart>()
    /// Whether the service is stopping: the next answer is the last.
    private var isStopping = false
    /// Whether the channel wants to read and was told to wait.
    private var holdsRead = false
}

// MARK: What comes from the client

extension HTTPConnectionState {
    /// A part of a request has come.
    /// - Parameter isWritable: as of ``next(isWritable:)``.
    /// - Returns: what follows from it at once; nil if nothing does, or it has to wait.
    mutating func receive(_ part: HTTPServerRequestPart, isWritable: Bool) -> Action? {
        guard !isClosing else { return nil }
        if queue.isEmpty, accepts(part, isWritable: isWritable) { return take(part) }
        queue.append(part)
        return nil
    }

    /// What the client sends is not HTTP. After the last answer that does not matter.
    mutating func breakInput(_ problem: HTTPProblem) {
        guard !isClosing, case .open = input else { return }
        input = .broken(problem)
    }

    /// The client has closed its half of the connection.
    mutating func endInput() {
        input = .ended(after: problem)
    }

    /// The service stops.
    mutating func stop() {
        isStopping = true
    }

    /// Takes the next part off the queue.
    /// - Parameter isWritable: whether the client takes what it is sent. While it does not, no more answers are made: it could
    ///   ask for more of them than there is memory.
    /// - Returns: nil once nothing is left, or the next request has to wait.
    mutating func next(isWritable: Bool) -> Action? {
        while let part = queue.first, accepts(part, isWritable: isWritable) {
            queue.removeFirst()
            if let action = take(part) { return action }
        }
        return nil
    }

    private func accepts(_ part: HTTPServerRequestPart, isWritable: Bool) -> Bool {
        if case .head = part { isBetweenRequests && isWritable } else { true }
    }

    private mutating func take(_ part: HTTPServerRequestPart) -> Action? {
        switch part {
        case .head(let head): take(head)
        case .body(let bytes): take(bytes)
        case .end: takeEnd()
        }
    }

    /// What follows from the end of the input, or of the service, once nothing more can be taken off the queue.
    mutating func settle() -> Action? {
        guard queue.isEmpty else { return nil }
        switch (phase, input) {
        case (.collecting, .broken), (.collecting, .ended):
            return cutOffBody(.bodyBroken)
        case (.new, .broken(let problem)), (.idle, .broken(let problem)), (.new, .ended(let problem?)),
            (.idle, .ended(let problem?)):
            phase = .refusing
            return .refuse(problem)
        case (.skipping, .broken), (.skipping, .ended):
            // Nobody gets a second answer for what is wrong after a head that was answered.
            phase = .closing(lingers: true)
            return .flush
        case (.new, .ended),
            (.new, .open) where isStopping:
            phase = .closed
            return .close
        case (.idle, .ended),
            (.idle, .open) where isStopping:
            phase = .closing(lingers: false)
            return .flush
        case (.lingering, .ended):
            phase = .closed
            return .close
        default:
            return nil
        }
    }

    private mutating func take(_ head: HTTPRequestHead) -> Action {
        var request = OpenRequest(head)
        request.isCutOff = !head.hasKnownLength
        phase = .answering(request)
        guard head.version.major == 1, head.hasValidHost else { return .refuse(.noHost) }
        return request.isCutOff ? .refuse(.notHTTP) : .reply(head)
    }

    private mutating func take(_ bytes: ByteBuffer) -> Action? {
        guard case .collecting(let request, let room) = phase else { return nil }
        guard bytes.readableBytes <= room else { return cutOffBody(.bodyTooLarge) }
        phase = .collecting(request, room: room - bytes.readableBytes)
        return .keep(bytes)
    }

    private mutating func takeEnd() -> Action {
        switch phase {
        case .collecting(var request, _):
            request.hasEnded = true
            phase = .answering(request)
            return .finishBody(nil)
        case .answering(var request):
            request.hasEnded = true
            phase = .answering(request)
        case .sending(var request, let isLast):
            request.hasEnded = true
            phase = .sending(request, isLast: isLast)
        case .skipping:
            phase = .idle
        case .new, .idle, .refusing, .closing, .lingering, .closed: break
        }
        return .noteEnd
    }

    private mutating func cutOffBody(_ problem: HTTPProblem) -> Action? {
        guard case .collecting(var request, _) = phase else { return nil }
        request.isCutOff = true
        phase = .answering(request)
        return .finishBody(problem)
    }
}

// MARK: What the service says

extension HTTPConnectionState {
    /// The answer depends on the body, of which at most `limit` bytes are accepted.
    mutating func collectBody(limit: Int) -> Collection {
        guard case .answering(var request) = phase else { return .tooLarge }
        let length = request.head.contentLength
        guard length ?? 0 <= limit else {
            request.isCutOff = true
            phase = .answering(request)
            return .tooLarge
        }
        request.isAwaited = true
        let room = length ?? limit
        phase = .collecting(request, room: room)
        return .begins(room: room, asks: request.head.expectsContinue)
    }

    /// The body took too long.
    /// - Returns: nil if none is being collected.
    mutating func giveUpBody() -> Action? {
        cutOffBody(.bodyTooSlow)
    }

    /// An answer is there.
    /// - Returns: the answer to send; nil if the connection has closed in the meantime.
    mutating func answer(_ answer: HTTPAnswer) -> HTTPAnswer? {
        var answer = answer
        switch phase {
        case .answering(let request):
            if request.head.method == .HEAD { answer = answer.withoutBody }
            answer.isLast = isStopping || request.needsLastAnswer
            phase =
                if answer.streamed != nil {
                    .sending(request, isLast: answer.isLast)
                } else {
                    answer.isLast ? .closing(lingers: true) : Self.after(request)
                }
        case .refusing:
            answer.isLast = true
            phase = .closing(lingers: true)
        case .new, .idle, .collecting, .sending, .skipping, .closing, .lingering, .closed:
            return nil
        }
        if answer.isLast { queue.removeAll() }
        return answer
    }

    /// A body that was sent piece by piece is out, or what was written last is.
    mutating func finishSending() -> Action? {
        switch phase {
        case .sending(let request, isLast: false):
            phase = Self.after(request)
            return nil
        case .sending(_, isLast: true), .closing(lingers: true):
            if case .ended = input { break }
            phase = .lingering
            return .linger
        case .closing(lingers: false): break
        case .new, .idle, .collecting, .answering, .refusing, .skipping, .lingering, .closed: return nil
        }
        phase = .closed
        return .close
    }

    /// The connection is closed, or closes without regard to what it was doing.
    mutating func close() {
        phase = .closed
        queue.removeAll()
    }

    private static func after(_ request: OpenRequest) -> Phase {
        request.hasEnded ? .idle : .skipping(request)
    }
}

// MARK: What the connection asks

extension HTTPConnectionState {
    /// Whether no request is answered any more, apart from one whose answer is being sent.
    var isClosing: Bool {
        switch phase {
        case .closing, .lingering, .closed, .sending(_, isLast: true): true
        case .new, .idle, .collecting, .answering, .refusing, .sending, .skipping: false
        }
    }

    var isClosed: Bool {
        if case .closed = phase { true } else { false }
    }

    /// Whether the client has begun a request and owes the rest of it.
    var awaitsRest: Bool {
        switch phase {
        case .collecting, .skipping: true
        default: false
        }
    }

    /// What the connection is doing, for those who want its place.
    var activity: ConnectionPlace.Activity {
        switch phase {
        case .new: .silent
        case .idle, .skipping, .closing, .lingering, .closed: .idle
        case .collecting, .answering, .refusing, .sending: .busy
        }
    }

    /// Whether the client waits for the service.
    var isAnswering: Bool {
        if case .answering = phase { true } else { false }
    }

    /// The channel wants to read.
    /// - Returns: whether it may. What a client can pile up is what one read brings, and while a whole request is being answered, two.
    mutating func mayRead(isWritable: Bool) -> Bool {
        holdsRead =
            switch phase {
            case .lingering, .closed: false
            case .refusing, .sending: true
            // Most clients send nothing before they have the answer: to stop reading and begin again would be two calls of the system
            // for nothing. What is not HTTP, or will not be, waits until it is known to be dropped.
            case .answering(let request):
                !request.hasEnded || request.head.endsHTTP || !isOpen || !queue.isEmpty || !isWritable
            case .new, .idle, .collecting, .skipping, .closing: !queue.isEmpty || !isWritable
            }
        return !holdsRead
    }

    /// Whether the channel was told not to read, and now may.
    mutating func releasesRead(isWritable: Bool) -> Bool {
        holdsRead && mayRead(isWritable: isWritable)
    }

    private var problem: HTTPProblem? {
        switch input {
        case .open: nil
        case .broken(let problem): problem
        case .ended(let problem): problem
        }
    }

    private var isOpen: Bool {
        if case .open = input { true } else { false }
    }

    private var isBetweenRequests: Bool {
        switch phase {
        case .new, .idle: true
        default: false
        }
    }
}
