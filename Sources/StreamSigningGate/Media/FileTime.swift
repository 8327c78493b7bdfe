import StreamSigningPlatform

/// A moment by the clock that times of files are taken from.
struct FileTime: Sendable, Hashable {
    /// Since 1970.
    let seconds: Int64
    let nanoseconds: Int64

    static func now() -> FileTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return FileTime(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
    }

    /// Whether so much time lies between this and a later moment. A file's time may be anything at all.
    func isOlder(than age: Duration, at now: FileTime) -> Bool {
        let (seconds, hasOverflowed) = now.seconds.subtractingReportingOverflow(self.seconds)
        guard !hasOverflowed else { return now.seconds > self.seconds }
        return .seconds(seconds) + .nanoseconds(now.nanoseconds - nanoseconds) >= age
    }
}
