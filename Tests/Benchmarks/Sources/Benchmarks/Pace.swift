/// How fast an operation repeats, on the wall clock.
enum Pace {
    /// Operations per second over one round.
    /// - Parameters:
    ///   - batch: how many operations run between two looks at the clock.
    ///   - body: performs so many operations.
    static func measure(
        for duration: Duration = .milliseconds(250), batch: Int, _ body: (Int) throws -> Void
    ) rethrows -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        var done = 0
        var elapsed = Duration.zero
        repeat {
            try body(batch)
            done += batch
            elapsed = clock.now - start
        } while elapsed < duration
        return Double(done) / elapsed.inSeconds
    }

    /// As ``measure(for:batch:_:)``, for what suspends.
    static func measure(
        for duration: Duration = .milliseconds(250), batch: Int, _ body: (Int) async throws -> Void
    ) async rethrows -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        var done = 0
        var elapsed = Duration.zero
        repeat {
            try await body(batch)
            done += batch
            elapsed = clock.now - start
        } while elapsed < duration
        return Double(done) / elapsed.inSeconds
    }
}

extension Duration {
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
