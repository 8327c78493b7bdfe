import NIOCore

/// What a connection waits for its client to do, and since when.
struct ConnectionClocks {
    enum Delay {
        case idle, request, stall
    }

    /// The last time that a request had come as a whole, or that its answer or a piece of one was there. Single bytes do not count,
    /// so that a head that drips in ends too.
    var lastActivity = NIODeadline.now()
    /// Whether it is not the client's turn.
    var isWaiting = false
    /// When to end a connection whose last answer is out.
    var lingersUntil: NIODeadline?
    private var openSince: NIODeadline?
    private var stalledSince: NIODeadline?
    private var alarm: (time: NIODeadline, task: Scheduled<Void>)?

    /// Begins anew with a request.
    mutating func restartRequest() {
        openSince = nil
    }

    /// The client has taken something.
    mutating func noteProgress(at now: NIODeadline) {
        lastActivity = now
        stalledSince = nil
    }

    package mutating func note(isOpen: Bool, isWritable: Bool, at now: NIODeadline) {
        openSince = isOpen && !isWaiting ? openSince ?? now : nil
        stalledSince = isWritable ? nil : stalledSince ?? now
    }

    /// What the client will have taken too long for, if it goes on like this, and when.
    package func next(_ times: ConnectionTimes) -> (delay: Delay, time: NIODeadline)? {
        if let lingersUntil { return (.idle, lingersUntil) }
        var next: (delay: Delay, time: NIODeadline)? = isWaiting ? nil : (.idle, lastActivity + times.idle)
        func consider(_ delay: Delay, _ time: NIODeadline) {
            if next.map({ time < $0.time }) ?? true { next = (delay, time) }
        }
        if let openSince { consider(.request, openSince + times.request) }
        if let stalledSince { consider(.stall, stalledSince + times.stall) }
        return next
    }

    /// Has `action` called at a time, or earlier.
    package mutating func schedule(at time: NIODeadline?, on eventLoop: any EventLoop, _ action: @escaping () -> Void) {
        guard let time else { return }
        if let alarm {
            guard time < alarm.time else { return }
            alarm.task.cancel()
        }
        alarm = (time, eventLoop.assumeIsolated().scheduleTask(deadline: time, action))
    }

    /// The alarm has gone off.
    mutating func clearAlarm() {
        alarm = nil
    }

    package func stop() {
        alarm?.task.cancel()
    }
}
