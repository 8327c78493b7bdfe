import ServiceLifecycle
package import StreamSigning
package import StreamSigningStore
import StreamSigningThreads
import Synchronization

/// A few keys made in advance, so that a create does not wait for 120 ms of arithmetic.
///
/// Keys are made one at a time on a thread of their own, which has a lower priority than the threads that answer requests, and
/// accounts take turns at it: a burst of creates slows down the creates of its own account and nothing else. A create that would
/// wait for long is refused instead.
package final class ReadyKeys: Service {
    private enum Lane: Hashable {
        case account(AccountID)
        case stock
    }

    private let capacity: Int
    private let queue: FairQueue<Lane>
    private let keys = Mutex<[SigningKey]>([])
    private let refill: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - capacity: how many to keep; 0 keeps none.
    ///   - mostWaiting: how many creates of an account may wait for a key: a few seconds' worth, less than a client waits for an
    ///     answer.
    package init(capacity: Int, mostWaiting: Int = 32) {
        self.capacity = capacity
        queue = FairQueue(FairQueue.Bounds(running: 1, waitingPerLane: mostWaiting, waiting: 16 * mostWaiting))
        (refill, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// How many are ready.
    package var count: Int { keys.withLock { $0.count } }

    /// A ready key, or one made now.
    /// - Throws: ``ServiceError/tooManyCreates``.
    package func take(for account: AccountID) async throws -> SigningKey {
        let ready = keys.withLock { $0.popLast() }
        wake.yield()
        if let ready { return ready }
        do {
            return try await make(.account(account))
        } catch is FairQueue<Lane>.Refusal {
            throw ServiceError.tooManyCreates
        }
    }

    /// Takes back a key that was not used, so that a refused create does not cost a key.
    func giveBack(_ key: SigningKey) {
        keys.withLock { keys in
            if keys.count < capacity { keys.append(key) }
        }
    }

    /// Refills the stock until the service stops.
    package func run() async throws {
        wake.yield()
        await cancelWhenGracefulShutdown {
            for await _ in self.refill {
                while !Task.isCancelled, self.count < self.capacity {
                    guard let key = try? await self.make(.stock) else { break }
                    self.keys.withLock { $0.append(key) }
                }
            }
        }
    }

    private func make(_ lane: Lane) async throws -> SigningKey {
        try await queue.run(lane, on: WorkThreads.newKeys) { try SigningKey.generate() }
    }
}
