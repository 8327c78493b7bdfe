import NIOCore
import StreamSigningHTTP

/// Requests of one event loop that wait for the keys to be confirmed. Most players give up at a 503, and wait longer than that for
/// an answer.
final class HeldRequests {
    private struct Held {
        let deadline: NIODeadline
        let reply: () -> HTTPReply
        let answer: EventLoopPromise<HTTPAnswer>
    }

    private static let interval = TimeAmount.milliseconds(20)

    private let grace: TimeAmount
    private let eventLoop: any EventLoop
    private let areKeysStale: () -> Bool
    private var held: [Held] = []

    /// - Parameter grace: how long a request may wait.
    init(grace: Duration, eventLoop: any EventLoop, areKeysStale: @escaping () -> Bool) {
        self.grace = TimeAmount(grace)
        self.eventLoop = eventLoop
        self.areKeysStale = areKeysStale
    }

    /// Replies once the keys are fresh, or the time is over.
    /// - Returns: nil if no request waits.
    func hold(_ reply: @escaping () -> HTTPReply) -> HTTPReply? {
        guard grace > .zero else { return nil }
        if held.isEmpty { lookAgain() }
        let answer = eventLoop.makePromise(of: HTTPAnswer.self)
        held.append(Held(deadline: eventLoop.now + grace, reply: reply, answer: answer))
        return .later(answer.futureResult)
    }

    private func lookAgain() {
        eventLoop.assumeIsolated().scheduleTask(in: Self.interval) { self.release() }
    }

    private func release() {
        // They came in this order, so their deadlines do too.
        let now = eventLoop.now
        let ready = areKeysStale() ? held.prefix { $0.deadline <= now } : held[...]
        held.removeFirst(ready.count)
        if !held.isEmpty { lookAgain() }
        for held in ready { held.answer.succeed(with: held.reply()) }
    }
}
