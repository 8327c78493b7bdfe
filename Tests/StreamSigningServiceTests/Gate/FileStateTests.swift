import StreamSigningPlatform
import Testing

@testable import StreamSigningGate

@Suite("The state of a file")
struct FileStateTests {
    private func state(changed: FileTime, size: Int64 = 1, names: UInt64 = 1) -> FileState {
        var status = file_status()
        (status.size, status.names) = (size, names)
        (status.changed_seconds, status.changed_nanoseconds) = (changed.seconds, changed.nanoseconds)
        return FileState(status)
    }

    @Test(
        "is settled once the next change must show",
        arguments: [
            // A file system with fractions of seconds.
            (changed: (100, 5), now: (100, 5), is: false), ((100, 5), (100, 20_000_004), false),
            ((100, 5), (100, 20_000_005), true), ((100, 5), (101, 0), true),
            ((100, 999_999_999), (101, 19_999_998), false),
            ((100, 999_999_999), (101, 19_999_999), true),
            // One with whole seconds.
            ((100, 0), (102, 999_999_999), false), ((100, 0), (103, 0), true),
            // One whose clock is ahead, and times that nobody means.
            ((100, 5), (99, 5), false), ((.max, 5), (100, 5), false), ((.min, 5), (100, 5), true),
        ] as [(changed: (Int64, Int64), now: (Int64, Int64), is: Bool)])
    func settled(_ changed: (Int64, Int64), _ now: (Int64, Int64), _ expected: Bool) {
        let file = state(changed: FileTime(seconds: changed.0, nanoseconds: changed.1))
        #expect(file.isSettled(at: FileTime(seconds: now.0, nanoseconds: now.1)) == expected)
    }

    @Test("of what looks unfinished is settled later")
    func unfinished() {
        let file = state(changed: FileTime(seconds: 100, nanoseconds: 5))
        #expect(!file.isSettled(at: FileTime(seconds: 101, nanoseconds: 4), after: .seconds(1)))
        #expect(file.isSettled(at: FileTime(seconds: 101, nanoseconds: 5), after: .seconds(1)))
    }

    @Test("is another one when anything has changed")
    func differs() {
        let time = FileTime(seconds: 100, nanoseconds: 5)
        #expect(state(changed: time) == state(changed: time))
        #expect(state(changed: time) != state(changed: FileTime(seconds: 100, nanoseconds: 6)))
        #expect(state(changed: time) != state(changed: time, size: 2))
        #expect(state(changed: time).hasName && !state(changed: time, names: 0).hasName)
    }
}
