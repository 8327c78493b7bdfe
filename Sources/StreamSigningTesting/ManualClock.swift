public import StreamSigning
import Synchronization

/// A clock that stands still until a test moves it.
///
/// ```swift
/// let clock = ManualClock(now: 1_760_000_000)
/// clock.advance(by: .seconds(60))
/// let result = try verifier.verify(token, for: request, at: clock.now)
/// ```
public final class ManualClock: Sendable {
    private let time: Mutex<NumericDate>

    /// A clock that shows `now`.
    public init(now: NumericDate) {
        time = Mutex(now)
    }

    /// The time it shows.
    public var now: NumericDate {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    /// Moves it by `duration`, which may be negative.
    public func advance(by duration: Duration) {
        time.withLock { $0 = $0 + duration }
    }
}
