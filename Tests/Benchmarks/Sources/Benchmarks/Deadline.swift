internal import Foundation

/// When something must have happened. It ends a measurement that would otherwise wait for ever.
struct Deadline {
    private let expectation: String
    private let limit: Duration
    private let end: ContinuousClock.Instant

    /// - Parameter expectation: what must have happened, for the failure: `the gate allows the token`.
    init(_ expectation: String, within limit: Duration = .seconds(30)) {
        self.expectation = expectation
        self.limit = limit
        end = .now + limit
    }

    /// - Throws: ``MeasurementFailure`` once it has passed.
    func check() throws {
        guard ContinuousClock.now < end else { throw MeasurementFailure("not within \(limit): \(expectation)") }
    }

    /// Asks again and again.
    /// - Throws: ``MeasurementFailure`` if the answer is still no when the deadline passes.
    func wait(askingEvery interval: TimeInterval = 0.0005, until isSo: () throws -> Bool) throws {
        while try !isSo() {
            try check()
            Thread.sleep(forTimeInterval: interval)
        }
    }
}
