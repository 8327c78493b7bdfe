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
        try await OrderedBatches.run(next: next) { claims in
            try signBatch(claims)
        } emit: {
            try await emit($0)
        }
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
