package import StreamSigning
import Synchronization

/// Signs together what an event loop is asked for in one turn, because eight signatures take little longer than two or three.
///
/// Nobody waits for requests that may come: a round begins as soon as the loop has answered what it had read, and a token that is
/// alone in it is signed alone.
package final class SigningRound: Sendable {
    private struct Order {
        let signer: TokenSigner
        let claims: PlaybackClaims
        let token: CheckedContinuation<Result<PlaybackToken, KeyError>, Never>
    }

    /// Tokens of one round, so that the loop has its turn again after some milliseconds.
    private static let limit = 32

    private let executor: any TaskExecutor
    private let waiting = Mutex<[Order]>([])

    /// - Parameter executor: runs a round after the work that it was given before.
    package init(on executor: any TaskExecutor) {
        self.executor = executor
    }

    /// Tokens that wait for a round.
    var waitingCount: Int { waiting.withLock { $0.count } }

    /// As ``TokenSigner/sign(_:)-(PlaybackClaims)``.
    package func token(for claims: PlaybackClaims, by signer: TokenSigner) async throws(KeyError) -> PlaybackToken {
        let result = await withCheckedContinuation { token in
            let count = waiting.withLock { waiting in
                waiting.append(Order(signer: signer, claims: claims, token: token))
                return waiting.count
            }
            // There is a round to come for each started group of so many.
            if count % Self.limit == 1 { Task(executorPreference: executor) { self.run() } }
        }
        return try result.get()
    }

    private func run() {
        let orders = waiting.withLock { waiting in
            defer { waiting.removeFirst(min(Self.limit, waiting.count)) }
            return waiting.prefix(Self.limit)
        }
        let tokens = TokenSigner.sign(orders.map { ($0.signer, $0.claims) })
        for (order, token) in zip(orders, tokens) { order.token.resume(returning: token) }
    }
}
