/// When a call has to be answered, whatever the network does.
struct Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    init(after duration: Duration) {
        instant = .now + duration
    }

    var isOver: Bool { remaining <= .zero }

    var remaining: Duration { ContinuousClock.now.duration(to: instant) }

    /// Whole milliseconds, rounded up, for `poll`; 0 once it is over.
    var pollTimeout: Int32 {
        let (seconds, attoseconds) = remaining.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return Int32(min(seconds, 3_600) * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
