import NIOCore
import Synchronization

/// Lets a few pieces of work run at a time, while the others wait, each in the lane of its owner. The lanes take turns, and each
/// has a bounded number of places: an owner who asks for much waits longer, or is refused, and nobody else notices.
///
/// ```swift
/// let queue = FairQueue<AccountID>(FairQueue.Bounds(running: 1, waitingPerLane: 8, waiting: 256))
/// let key = try await queue.run(account, on: WorkThreads.keys) { try VerificationKey(importing: text) }
/// ```
package final class FairQueue<Lane: Hashable & Sendable>: Sendable {
    package struct Bounds: Sendable {
        /// Pieces of work at a time.
        package let running: Int
        /// Pieces that wait in one lane.
        package let waitingPerLane: Int
        /// Pieces that wait in all lanes.
        package let waiting: Int

        package init(running: Int, waitingPerLane: Int, waiting: Int) {
            self.running = running
            self.waitingPerLane = waitingPerLane
            self.waiting = waiting
        }
    }

    /// Why a piece of work does not even wait.
    package enum Refusal: Error {
        /// Its owner has as much waiting as a lane holds.
        case laneIsFull
        /// All owners together have.
        case queueIsFull
    }

    fileprivate typealias Waiter = CheckedContinuation<Result<Void, Refusal>, Never>

    fileprivate struct State {
        var running = 0
        /// Lanes in which somebody waits.
        var lanes: [Lane: CircularBuffer<Waiter>] = [:]
        /// The same lanes, the next to be served first.
        var turns = CircularBuffer<Lane>()
        var waiting = 0
        var refused = 0
    }

    private let bounds: Bounds
    private let state = Mutex(State())

    package init(_ bounds: Bounds) {
        self.bounds = bounds
    }

    /// Pieces of work that wait.
    package var waiting: Int { state.withLock { $0.waiting } }

    /// Pieces of work that were refused so far.
    package var refused: Int { state.withLock { $0.refused } }

    /// Runs `body` on an executor when it is its owner's turn.
    /// - Throws: ``Refusal`` at once if there is no place to wait, or what `body` throws.
    package func run<Value: Sendable>(
        _ lane: Lane, on executor: any TaskExecutor, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await enter(lane).get()
        defer { leave() }
        return try await withTaskExecutorPreference(executor, operation: body)
    }

    private func enter(_ lane: Lane) async -> Result<Void, Refusal> {
        await withCheckedContinuation { waiter in
            if let outcome = state.withLock({ $0.admit(waiter, lane, bounds) }) { waiter.resume(returning: outcome) }
        }
    }

    /// Hands the place on to the next in turn.
    private func leave() {
        state.withLock { $0.takeNext() }?.resume(returning: .success(()))
    }
}

extension FairQueue.State {
    /// - Returns: nil if the waiter has to wait.
    fileprivate mutating func admit(
        _ waiter: FairQueue<Lane>.Waiter, _ lane: Lane, _ bounds: FairQueue<Lane>.Bounds
    ) -> Result<Void, FairQueue<Lane>.Refusal>? {
        guard running >= bounds.running else {
            running += 1
            return .success(())
        }
        let isLaneFull = lanes[lane]?.count ?? 0 >= bounds.waitingPerLane
        guard !isLaneFull, waiting < bounds.waiting else {
            refused += 1
            return .failure(isLaneFull ? .laneIsFull : .queueIsFull)
        }
        if lanes[lane, default: CircularBuffer()].isEmpty { turns.append(lane) }
        lanes[lane, default: CircularBuffer()].append(waiter)
        waiting += 1
        return nil
    }

    fileprivate mutating func takeNext() -> FairQueue<Lane>.Waiter? {
        guard let lane = turns.popFirst(), let waiter = lanes[lane]?.popFirst() else {
            running -= 1
            return nil
        }
        if lanes[lane]?.isEmpty ?? true { lanes[lane] = nil } else { turns.append(lane) }
        waiting -= 1
        return waiter
    }
}
