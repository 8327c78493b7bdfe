package import NIOCore
import NIOPosix

/// A thread on which a node keeps itself going: it follows the keys, confirms them, and tells the time.
///
/// No request can give it work, and what runs on it neither blocks nor computes for long. So nothing that clients ask for makes
/// keys stale. Nothing here may use `Task.sleep` or the global executor: both belong to Swift's own threads, which requests use.
package final class NodeThread: TaskExecutor {
    /// Follows and confirms keys, reads credentials again, and asks how the other nodes are.
    package static let following = NodeThread()
    /// Ends what has waited for too long. Requests set its timers too, so it is not the thread that follows keys.
    package static let deadlines = NodeThread()

    /// For clients that want an event loop, such as the one that reads a feed.
    package let group: any EventLoopGroup
    private let eventLoop: any EventLoop

    private init() {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        eventLoop = group.any()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Calls `action` on this thread after a while.
    package func schedule(in delay: Duration, _ action: @escaping @Sendable () -> Void) -> Alarm {
        let task = eventLoop.scheduleTask(in: TimeAmount(delay), action)
        return Alarm { task.cancel() }
    }

    /// Calls `action` on this thread at once and after every `interval`.
    package func schedule(every interval: Duration, _ action: @escaping @Sendable () -> Void) -> Alarm {
        let task = eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: TimeAmount(interval)) { _ in action() }
        return Alarm { task.cancel() }
    }

    /// An element at once and after every `interval`; ticks that nobody takes are not kept. It ends with the task that iterates.
    package func clock(every interval: Duration) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let ticks = schedule(every: interval) { continuation.yield() }
            continuation.onTermination = { _ in ticks.cancel() }
        }
    }

    /// What was scheduled, to be called off.
    package struct Alarm: Sendable {
        private let callOff: @Sendable () -> Void

        fileprivate init(_ callOff: @escaping @Sendable () -> Void) {
            self.callOff = callOff
        }

        package func cancel() {
            callOff()
        }
    }
}
