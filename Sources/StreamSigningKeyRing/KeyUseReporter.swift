import Logging
import StreamSigning
import StreamSigningStore
import StreamSigningThreads

/// Tells a source when keys were used. Like confirming, it is a write, and nothing that follows keys waits for it.
struct KeyUseReporter: Sendable {
    let source: any KeySource
    let uses: KeyUses
    let logger: Logger

    private static let interval: Duration = .seconds(2)

    /// Reports until the task is cancelled.
    func run() async {
        var failures = RepeatedFailureLog(
            "the use of keys cannot be reported", recovery: "the use of keys is reported again", logger)
        for await _ in NodeThread.following.clock(every: Self.interval) {
            do throws(StoreError) {
                try await report()
                failures.noteSuccess()
            } catch {
                failures.note(error)
            }
        }
    }

    /// Reports what is still to be reported.
    func report() async throws(StoreError) {
        try await uses.report { uses throws(StoreError) in try await source.report(uses) }
    }
}
