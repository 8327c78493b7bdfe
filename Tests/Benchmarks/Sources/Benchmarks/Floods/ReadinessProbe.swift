internal import Foundation
internal import Synchronization

/// What keeps a node in rotation: asks `/readyz` over a new connection each time, until it is stopped.
final class ReadinessProbe: Sendable {
    private struct Worst {
        var milliseconds = 0.0
        var keyAgeMilliseconds = 0.0
        var failure: MeasurementFailure?
    }

    private let port: UInt16
    private let isOver = Atomic<Bool>(false)
    private let finished = DispatchSemaphore(value: 0)
    private let worst = Mutex(Worst())

    /// Begins.
    init(of port: UInt16) {
        self.port = port
        Thread.detachNewThread { [self] in
            while !isOver.load(ordering: .relaxed) {
                do {
                    try ask()
                } catch {
                    worst.withLock { $0.failure = MeasurementFailure("/readyz: \(error)") }
                }
                Thread.sleep(forTimeInterval: 0.02)
            }
            finished.signal()
        }
    }

    /// Ends it.
    /// - Returns: how long the slowest answer took, connection included, and the oldest that the keys were known to be.
    /// - Throws: ``MeasurementFailure`` if one answer was not a success.
    func stop() throws -> (milliseconds: Double, keyAgeMilliseconds: Double) {
        isOver.store(true, ordering: .relaxed)
        finished.wait()
        let worst = worst.withLock { $0 }
        if let failure = worst.failure { throw failure }
        return (worst.milliseconds, worst.keyAgeMilliseconds)
    }

    private func ask() throws {
        let start = ContinuousClock.now
        let text = try HTTPConnection(to: port, as: nil, timeout: .seconds(10)).send("GET", "/readyz").text
        let milliseconds = (ContinuousClock.now - start).inSeconds * 1000
        // change 7, confirmed 0.012 s ago
        let words = text.split(whereSeparator: \.isWhitespace)
        let age = words.firstIndex(of: "confirmed").flatMap { words.dropFirst($0 + 1).first }.flatMap { Double($0) }
        guard let age else {
            throw MeasurementFailure("no age of the keys in: \(text)")
        }
        worst.withLock { worst in
            worst.milliseconds = max(worst.milliseconds, milliseconds)
            worst.keyAgeMilliseconds = max(worst.keyAgeMilliseconds, age * 1000)
        }
    }
}
