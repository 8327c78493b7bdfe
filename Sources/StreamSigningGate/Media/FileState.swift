import StreamSigningPlatform

/// What the system says of an open file at one moment.
///
/// If a state ``isSettled(at:)``, the file has the same bytes for as long as its state is equal. Until then, not even the same size
/// and times say so: they are as coarse as the clock that the file system takes them from.
struct FileState: Sendable, Hashable {
    private let device, number: UInt64
    let size: Int
    /// When its content was written, or is said to have been: programs can set it, and copies have the original's.
    let modified: FileTime
    /// When anything of it changed, the removal of a name included. No program can set it.
    private let changed: FileTime
    /// Whether a path still leads to it.
    let hasName: Bool

    init(_ status: file_status) {
        (device, number, size) = (status.device, status.number, Int(status.size))
        modified = FileTime(seconds: status.modified_seconds, nanoseconds: status.modified_nanoseconds)
        changed = FileTime(seconds: status.changed_seconds, nanoseconds: status.changed_nanoseconds)
        hasName = status.names > 0
    }

    /// How far apart two changes must be for their times to differ. Linux takes the times from the last tick of its clock, at most
    /// 10 ms ago. Some file systems keep whole seconds only, or every other: then the fraction is zero.
    var grain: Duration {
        changed.nanoseconds == 0 ? .seconds(3) : .milliseconds(20)
    }

    /// Whether the file was not changed for long enough that the next change will show.
    func isSettled(at now: FileTime, after rest: Duration = .zero) -> Bool {
        changed.isOlder(than: max(grain, rest), at: now)
    }
}
