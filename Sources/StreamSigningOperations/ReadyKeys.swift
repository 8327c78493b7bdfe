import NIOPosix
import ServiceLifecycle
package import StreamSigning
import StreamSigningThreads
import Synchronization

/// A few keys made in advance, so that a create does not wait for 120 ms of arithmetic.
///
/// Keys are made one at a time on a thread of their own, which has a lower priority than the threads that answer requests: a
/// burst of creates slows down creates and nothing else. A create that would wait for long is refused instead.
package final class ReadyKeys: Service {
    private let capacity: Int
    private let mostWaiting: Int
    private let waiting = Atomic<Int>(0)
    private let thread = NIOThreadPool(numberOfThreads: 1)
    private let keys = Mutex<[SigningKey]>([])
    private let refill: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - capacity: how many to keep; 0 keeps none.
    ///   - mostWaiting: how many may wait for a key: a few seconds' worth, less than a client waits for an answer.
    package init(capacity: Int, mostWaiting: Int = 32) {
        self.capacity = capacity
        self.mostWaiting = mostWaiting
        (refill, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        thread.start()
    }

    /// How many are ready.
    package var count: Int { keys.withLock { $0.count } }

    /// A ready key, or one made now.
    /// - Throws: ``ServiceError/tooManyCreates``.
    package func take() async throws -> SigningKey {
        let ready = keys.withLock { $0.popLast() }
        wake.yield()
        if let ready { return ready }
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard waiting.add(1, ordering: .relaxed).newValue <= mostWaiting else { throw ServiceError.tooManyCreates }
        return try await make()
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
                    guard let key = try? await self.make() else { break }
                    self.keys.withLock { $0.append(key) }
                }
            }
        }
        try? await thread.shutdownGracefully()
    }

    private func make() async throws -> SigningKey {
        try await thread.runIfActive {
            ThreadPriority.low.apply()
            return try SigningKey.generate()
        }
    }
}
