import NIOCore

/// What a connection waits for its client to do, and since when.
struct ConnectionClocks {
    enum Delay {
        case idle, request, stall
    }

    /// The last time that a request was complete, or that its answer or a piece of a file was ready. Single bytes do not
    /// count, so a head that drips in runs out of time too.
    var lastActivity = NIODeadline.now()
    /// Whether the client waits for the service.
    var isWaiting = false
    /// When to end a connection whose last answer is out.
    var lingersUntil: NIODeadline?
    private var openSince: NIODeadline?
    private var stalledSince: NIODeadline?
    private var alarm: (time: NIODeadline, task: Scheduled<Void>)?

    /// A request was read to its end.
    mutating func noteRequest(at now: NIODeadline) {
        lastActivity = now
        openSince = nil
    }

    /// The client has taken a piece of a file.
    mutating func noteProgress(at now: NIODeadline) {
        lastActivity = now
        stalledSince = nil
    }

    /// - Parameter isOpen: whether the client owes the rest of a request.
    mutating func note(isOpen: Bool, isWritable: Bool, at now: NIODeadline) {
        openSince = isOpen && !isWaiting ? openSince ?? now : nil
        stalledSince = isWritable ? nil : stalledSince ?? now
    }

    /// What the client will have taken too long for, unless something happens, and when.
    func next(_ times: ConnectionTimes) -> (delay: Delay, time: NIODeadline)? {
        if let lingersUntil { return (.idle, lingersUntil) }
        var next: (delay: Delay, time: NIODeadline)? = isWaiting ? nil : (.idle, lastActivity + times.idle)
        func consider(_ delay: Delay, _ time: NIODeadline) {
            if next.map({ time < $0.time }) ?? true { next = (delay, time) }
        }
        if let openSince { consider(.request, openSince + times.request) }
        if let stalledSince { consider(.stall, stalledSince + times.stall) }
        return next
    }

    /// Whether no alarm is set for that time or an earlier one.
    func needsAlarm(at time: NIODeadline) -> Bool {
        alarm.map { time < $0.time } ?? true
    }

    /// Calls `action` at a time, and no more at the one of the last alarm.
    mutating func schedule(at time: NIODeadline, on eventLoop: any EventLoop, _ action: @escaping () -> Void) {
        alarm?.task.cancel()
        alarm = (time, eventLoop.assumeIsolated().scheduleTask(deadline: time, action))
    }

    /// The alarm has gone off.
    mutating func clearAlarm() {
        alarm = nil
    }

    func stop() {
        alarm?.task.cancel()
    }
}
