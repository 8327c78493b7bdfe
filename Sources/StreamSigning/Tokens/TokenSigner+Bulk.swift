internal import FoundationEssentials

extension TokenSigner {
    /// Signs on all cores and returns the tokens in the order of their claims.
    ///
    /// ```swift
    /// let tokens = try await signer.sign(claims)
    /// ```
    /// - Parameter claims: any number; for more than fit into memory, see
    ///   ``signBatches(isolation:next:emit:)``.
    /// - Throws: ``KeyError``, as ``sign(_:)-(PlaybackClaims)`` does.
    public func sign(_ claims: [PlaybackClaims]) async throws -> [PlaybackToken] {
        var tokens: [PlaybackToken] = []
        tokens.reserveCapacity(claims.count)
        let batches = BatchCursor(claims)
        try await signBatches {
            await batches.next()
        } emit: {
            tokens.append(contentsOf: $0)
        }
        return tokens
    }

    /// Signs a stream of claims on all cores, holding a few batches in memory at a time, and hands the tokens over in order.
    ///
    /// Reading, signing and handing over run at the same time: a batch is emitted as soon as it and those before it are
    /// signed, even if the next one has not come yet.
    /// - Parameters:
    ///   - isolation: the caller's actor, on which `emit` runs.
    ///   - next: the next batch, nil at the end; called one at a time. Some dozens of claims make a good batch.
    ///   - emit: takes the tokens of one batch; called in order, one at a time.
    /// - Throws: what `next` or `emit` throw, or ``KeyError``. Batches before the failure have been emitted.
    public func signBatches(
        isolation: isolated (any Actor)? = #isolation,
        next: @escaping @Sendable () async throws -> [PlaybackClaims]?,
        emit: ([PlaybackToken]) async throws -> Void
    ) async throws {
        // Enough batches to keep every core busy while one is read and one is written.
        let capacity = 4 * ProcessInfo.processInfo.activeProcessorCount
        var batches = BatchesInFlight()
        try await withThrowingTaskGroup(of: BulkEvent.self) { group in
            group.addTask { .read(await Result(catching: next)) }
            while let event = try await group.next() {
                switch event {
                case .read(.success(let claims?)):
                    let index = batches.start()
                    group.addTask { .signed(index, try claims.map { try sign($0) }) }
                case .read(.success(nil)):
                    batches.hasEnded = true
                case .read(.failure(let error)):
                    batches.failure = error
                    batches.hasEnded = true
                case .signed(let index, let tokens):
                    for tokens in batches.finish(index, tokens) { try await emit(tokens) }
                }
                if batches.mayRead(capacity) {
                    batches.isReading = true
                    group.addTask { .read(await Result(catching: next)) }
                }
            }
        }
        if let failure = batches.failure { throw failure }
    }
}

private enum BulkEvent: Sendable {
    case read(Result<[PlaybackClaims]?, any Error>)
    case signed(Int, [PlaybackToken])
}

/// Which batches are begun, and which are signed but wait for an earlier one.
private struct BatchesInFlight {
    var hasEnded = false
    var isReading = true
    /// Why reading stopped; thrown once all that was read before is emitted.
    var failure: (any Error)?
    private var started = 0
    private var emitted = 0
    private var waiting: [Int: [PlaybackToken]] = [:]

    mutating func start() -> Int {
        isReading = false
        defer { started += 1 }
        return started
    }

    /// The batches whose turn it is now.
    mutating func finish(_ index: Int, _ tokens: [PlaybackToken]) -> [[PlaybackToken]] {
        waiting[index] = tokens
        var ready: [[PlaybackToken]] = []
        while let tokens = waiting.removeValue(forKey: emitted) {
            ready.append(tokens)
            emitted += 1
        }
        return ready
    }

    func mayRead(_ capacity: Int) -> Bool {
        !hasEnded && !isReading && started - emitted < capacity
    }
}

/// Cuts an array into batches.
private actor BatchCursor {
    private var rest: ArraySlice<PlaybackClaims>

    init(_ claims: [PlaybackClaims]) {
        rest = claims[...]
    }

    func next() -> [PlaybackClaims]? {
        guard !rest.isEmpty else { return nil }
        defer { rest = rest.dropFirst(64) }
        return Array(rest.prefix(64))
    }
}
