import NIOCore

/// How long a text is looked at again that somebody may be writing: until it has stayed as it is, or the time is over.
struct Patience {
    /// Between two looks.
    static let interval = TimeAmount.milliseconds(10)
    private static let limit = TimeAmount.milliseconds(500)

    private let end: NIODeadline
    private var seen: (state: FileState, since: NIODeadline, rest: TimeAmount)?
    /// What to answer with once the time is over: what it was before is better than what may be a half of it.
    private(set) var best: MediaFile?

    init(at now: NIODeadline = .now()) {
        end = now + Self.limit
    }

    func isOver(at now: NIODeadline = .now()) -> Bool { now >= end }

    /// A look has found this.
    mutating func note(_ file: MediaFile, rest: Duration, before: MediaFile?, at now: NIODeadline = .now()) {
        best = before ?? file
        let since = seen?.state == file.state ? seen?.since ?? now : now
        seen = (file.state, since, TimeAmount(rest))
    }

    /// A look has found something that was written to at the moment.
    mutating func noteTear(before: MediaFile?) {
        best = before ?? best
    }

    /// The state that the file has been in for long enough, if a look that begins now finds it again: by the clock of this
    /// process, for file systems whose clock is another machine's.
    func rested(at now: NIODeadline = .now()) -> FileState? {
        guard let seen, now - seen.since >= seen.rest else { return nil }
        return seen.state
    }
}
