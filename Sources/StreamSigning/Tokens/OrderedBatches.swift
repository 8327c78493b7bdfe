internal import FoundationEssentials

/// Work that runs on all cores, a batch at a time, and whose results come in the order of the batches.
package enum OrderedBatches {
    /// Reading, working and handing over run at the same time, with a few batches in memory: a result is emitted as soon as
    /// it and those before it are ready, even if the next batch has not come yet.
    /// - Parameters:
    ///   - isolation: the caller's actor, on which `emit` runs.
    ///   - next: the next batch, nil at the end; called one at a time.
    ///   - transform: the work on one batch; called on several threads at a time.
    ///   - emit: takes the result of one batch; called in order, one at a time.
    /// - Throws: what `next`, `transform` or `emit` throw. If `next` fails, the results of all batches before it are emitted
    ///   first.
    package static func run<Batch: Sendable, Output: Sendable>(
        isolation: isolated (any Actor)? = #isolation,
        next: @escaping @Sendable () async throws -> Batch?,
        transform: @escaping @Sendable (Batch) throws -> Output,
        emit: (Output) async throws -> Void
    ) async throws {
        // Enough batches to keep every core busy while one is read and one is written.
        let capacity = 4 * ProcessInfo.processInfo.activeProcessorCount
        var batches = BatchesInFlight<Output>()
        try await withThrowingTaskGroup(of: Event<Batch, Output>.self) { group in
            group.addTask { .read(await Result(catching: next)) }
            while let event = try await group.next() {
                switch event {
                case .read(.success(let batch?)):
                    let index = batches.start()
                    group.addTask { .finished(index, try transform(batch)) }
                case .read(.success(nil)):
                    batches.hasEnded = true
                case .read(.failure(let error)):
                    batches.failure = error
                    batches.hasEnded = true
                case .finished(let index, let output):
                    for output in batches.finish(index, output) { try await emit(output) }
                }
                if batches.mayRead(capacity) {
                    batches.isReading = true
                    group.addTask { .read(await Result(catching: next)) }
                }
            }
        }
        if let failure = batches.failure { throw failure }
    }

    private enum Event<Batch: Sendable, Output: Sendable>: Sendable {
        case read(Result<Batch?, any Error>)
        case finished(Int, Output)
    }
}

/// Which batches are begun, and which are finished but wait for an earlier one.
private struct BatchesInFlight<Output> {
    var hasEnded = false
    var isReading = true
    /// Why reading stopped; thrown once all that was read before is emitted.
    var failure: (any Error)?
    private var started = 0
    private var emitted = 0
    private var waiting: [Int: Output] = [:]

    mutating func start() -> Int {
        isReading = false
        defer { started += 1 }
        return started
    }

    /// The results whose turn it is now.
    mutating func finish(_ index: Int, _ output: Output) -> [Output] {
        waiting[index] = output
        var ready: [Output] = []
        while let output = waiting.removeValue(forKey: emitted) {
            ready.append(output)
            emitted += 1
        }
        return ready
    }

    func mayRead(_ capacity: Int) -> Bool {
        !hasEnded && !isReading && started - emitted < capacity
    }
}
