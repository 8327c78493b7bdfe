public import FoundationEssentials

/// A point in time as tokens carry it: seconds since 1970-01-01T00:00:00Z, leap seconds ignored (RFC 7519 2).
///
/// Exact to the attosecond, so that a fractional `exp` compares as written. The range is the years 1 to 9999; arithmetic
/// stops at its ends. This library reads no clock: pass `NumericDate(Date())`, or in tests any time you like.
public struct NumericDate: Hashable, Sendable {
    /// Whole seconds, rounded down.
    public let seconds: Int64
    /// What is left: 0 to 10^18 - 1.
    let attoseconds: Int64

    static let attosecondsPerSecond: Int64 = 1_000_000_000_000_000_000
    /// The first second of the year 1.
    public static let earliest = NumericDate(validSeconds: -62_135_596_800)
    /// The last second of the year 9999: a later time is a mistake, usually milliseconds.
    public static let latest = NumericDate(validSeconds: 253_402_300_799)

    private init(validSeconds seconds: Int64, attoseconds: Int64 = 0) {
        self.seconds = seconds
        self.attoseconds = attoseconds
    }

    /// - Parameters:
    ///   - seconds: clamped to the years 1 to 9999.
    ///   - attoseconds: 0 to 10^18 - 1.
    init(seconds: Int64, attoseconds: Int64) {
        if seconds > Self.latest.seconds {
            self = .latest
        } else if seconds < Self.earliest.seconds {
            self = .earliest
        } else {
            self.init(validSeconds: seconds, attoseconds: attoseconds)
        }
    }

    /// - Parameter seconds: unix time; clamped to the years 1 to 9999.
    public init(secondsSince1970 seconds: Int64) {
        self.init(seconds: seconds, attoseconds: 0)
    }

    /// - Parameter date: taken to the nanosecond; clamped to the years 1 to 9999.
    /// - Precondition: `date` is not NaN: no time would be a safe reading of it.
    public init(_ date: Date) {
        let interval = date.timeIntervalSince1970
        precondition(!interval.isNaN, "a date that is not a number")
        let bounded = min(max(interval, Double(Self.earliest.seconds)), Double(Self.latest.seconds))
        let whole = bounded.rounded(.down)
        let nanoseconds = min(Int64((bounded - whole) * 1e9), 999_999_999)
        self.init(seconds: Int64(whole), attoseconds: nanoseconds * 1_000_000_000)
    }

    /// Reads RFC 3339 text (`2026-11-22T21:00:00Z`, fractions and offsets allowed) or unix seconds.
    /// - Returns: nil if the text is neither, or outside the years 1 to 9999.
    public init?(_ text: String) {
        if let seconds = Int64(text) {
            guard (Self.earliest.seconds...Self.latest.seconds).contains(seconds), !text.hasPrefix("+"), text != "-0"
            else { return nil }
            self.init(secondsSince1970: seconds)
            return
        }
        self.init(rfc3339: text)
    }

    /// Whether the time has no fraction of a second.
    public var isWholeSecond: Bool { attoseconds == 0 }

    /// The start of this second.
    public var wholeSecond: NumericDate { NumericDate(secondsSince1970: seconds) }

    /// For Foundation's APIs; to about a microsecond.
    public var date: Date {
        Date(timeIntervalSince1970: Double(seconds) + Double(attoseconds) / 1e18)
    }
}

extension NumericDate: Comparable {
    /// Whether `left` is earlier.
    public static func < (left: NumericDate, right: NumericDate) -> Bool {
        (left.seconds, left.attoseconds) < (right.seconds, right.attoseconds)
    }

    /// `duration` later; stops at the end of the year 9999.
    public static func + (date: NumericDate, duration: Duration) -> NumericDate {
        let (seconds, attoseconds) = duration.components
        // Half of what fits leaves room for the carry below, and is far outside the years 1 to 9999.
        let sum = date.seconds + min(max(seconds, .min / 2), .max / 2)
        let fraction = date.attoseconds + attoseconds
        if fraction < 0 { return NumericDate(seconds: sum - 1, attoseconds: fraction + attosecondsPerSecond) }
        if fraction >= attosecondsPerSecond {
            return NumericDate(seconds: sum + 1, attoseconds: fraction - attosecondsPerSecond)
        }
        return NumericDate(seconds: sum, attoseconds: fraction)
    }

    /// `duration` earlier; stops at the start of the year 1.
    public static func - (date: NumericDate, duration: Duration) -> NumericDate {
        let bounded = max(duration, .seconds(Int64.min / 4))
        return date + (.zero - bounded)
    }

    /// The time from `right` to `left`.
    public static func - (left: NumericDate, right: NumericDate) -> Duration {
        Duration(
            secondsComponent: left.seconds - right.seconds, attosecondsComponent: left.attoseconds - right.attoseconds)
    }
}

extension NumericDate: ExpressibleByIntegerLiteral {
    /// Unix seconds.
    public init(integerLiteral seconds: Int64) {
        self.init(secondsSince1970: seconds)
    }
}

extension NumericDate: CustomStringConvertible {
    /// RFC 3339 in UTC, with milliseconds if there is a fraction.
    public var description: String { rfc3339 }
}
