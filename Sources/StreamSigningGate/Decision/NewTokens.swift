import NIOCore
import StreamSigning
import StreamSigningHTTP

/// Requests of one event loop with tokens that have to be verified: those that become readable in one turn of the loop are
/// verified together, as eight signatures take little longer than two.
///
/// Nobody waits for requests that may come: the turn ends when the loop has read what there is.
final class NewTokens {
    private struct Request {
        /// Where its token is in ``texts``.
        let place: Range<Int>
        let hash: Int
        let reply: (TokenKnowledge) -> HTTPReply
        let answer: EventLoopPromise<HTTPAnswer>
    }

    /// The memory of as many is kept for the next turn: the tokens of some dozens.
    private static let keptBytes = 64 << 10

    private let keeper: Gatekeeper
    private let eventLoop: any EventLoop
    private let now: () -> NumericDate
    private var waiting: [Request] = []
    /// Their tokens.
    private var texts: [UInt8] = []

    init(_ keeper: Gatekeeper, eventLoop: any EventLoop, now: @escaping () -> NumericDate) {
        self.keeper = keeper
        self.eventLoop = eventLoop
        self.now = now
    }

    /// Replies at the end of the turn.
    /// - Parameter reply: makes the reply of what the verification has found.
    func hold(
        _ token: UnsafeRawBufferPointer, _ knowledge: TokenKnowledge, _ reply: @escaping (TokenKnowledge) -> HTTPReply
    ) -> HTTPReply {
        if waiting.isEmpty { eventLoop.assumeIsolated().execute { self.verify() } }
        let answer = eventLoop.makePromise(of: HTTPAnswer.self)
        let start = texts.count
        texts.append(contentsOf: token)
        waiting.append(Request(place: start..<texts.count, hash: knowledge.hash, reply: reply, answer: answer))
        return .later(answer.futureResult)
    }

    private func verify() {
        var (requests, texts) = (waiting, texts)
        (waiting, self.texts) = ([], [])
        let knowledge = texts.withUnsafeBytes { texts in
            keeper.verify(
                requests.map { (UnsafeRawBufferPointer(rebasing: texts[$0.place]), $0.hash) }, at: now())
        }
        for (request, knowledge) in zip(requests, knowledge) { request.answer.succeed(with: request.reply(knowledge)) }
        guard waiting.isEmpty, texts.capacity <= Self.keptBytes else { return }
        requests.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
        (waiting, self.texts) = (requests, texts)
    }
}

extension EventLoopPromise<HTTPAnswer> {
    /// Answers with a reply that was made later. Requests with a body are never put off.
    func succeed(with reply: HTTPReply) {
        switch reply {
        case .now(let answer): succeed(answer)
        case .later(let answer, _): answer.cascade(to: self)
        case .body: succeed(.unavailable)
        }
    }
}
