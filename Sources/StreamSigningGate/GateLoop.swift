import NIOCore
import NIOPosix
import StreamSigning
import StreamSigningHTTP
import StreamSigningKeyRing

/// What the connections of one event loop share: nothing in it needs a lock.
final class GateLoop {
    let keeper: Gatekeeper
    let files: OpenFiles?
    let ring: KeyRing
    let metrics: GateMetrics
    private let clock: @Sendable () -> NumericDate
    private let dateField = HTTPDateField()
    private var reported = (hits: 0, misses: 0, entries: 0)

    init(
        keeper: Gatekeeper, files: OpenFiles?, ring: KeyRing, metrics: GateMetrics,
        now: @escaping @Sendable () -> NumericDate
    ) {
        self.keeper = keeper
        self.files = files
        self.ring = ring
        self.metrics = metrics
        clock = now
    }

    var now: NumericDate { clock() }

    /// The value of `Date`.
    var date: String { dateField.text(at: now) }

    /// What is to be done once a second.
    func tick() {
        keeper.cache.sweep(2048, at: now)
        files?.sweep()
        report()
    }

    /// Adds what happened since the last time to what all loops have done.
    func report() {
        metrics.countCache(
            hits: keeper.hits - reported.hits, misses: keeper.misses - reported.misses,
            entries: keeper.cache.count - reported.entries)
        reported = (keeper.hits, keeper.misses, keeper.cache.count)
    }
}
