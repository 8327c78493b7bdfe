package import StreamSigningStore
import StreamSigningThreads

/// Work that takes long and that clients can ask for: reading and checking their keys, decoding large bodies, writing long lists.
///
/// It runs on ``WorkThreads/keys``, and waits in a queue in which every account has its own places. What one piece costs at most
/// follows from the size of its request: a body is bounded, one key is read of it, and a key has the sizes that
/// ``KeyLimits`` allow.
package final class AccountWork: Sendable {
    private let queue: FairQueue<AccountID>

    /// - Parameters:
    ///   - placesPerAccount: how many pieces of an account's wait. A piece takes some milliseconds, so the last one is done before
    ///     a client loses patience.
    ///   - places: how many pieces wait in all.
    package init(placesPerAccount: Int = 64, places: Int = 512) {
        queue = FairQueue(
            FairQueue.Bounds(running: WorkThreads.keys.count, waitingPerLane: placesPerAccount, waiting: places))
    }

    /// Pieces that wait.
    package var waiting: Int { queue.waiting }

    /// Pieces that were refused so far.
    package var refused: Int { queue.refused }

    /// Runs `body` on a thread that answers nobody, when it is the account's turn.
    /// - Throws: ``ServiceError/tooMuchAtOnce`` and ``ServiceError/overloaded``, before the work has begun; or what `body` throws.
    package func run<Value: Sendable>(
        for account: AccountID, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await queue.run(account, on: WorkThreads.keys, body)
        } catch let refusal as FairQueue<AccountID>.Refusal {
            switch refusal {
            case .laneIsFull: throw ServiceError.tooMuchAtOnce
            case .queueIsFull: throw ServiceError.overloaded
            }
        }
    }
}
