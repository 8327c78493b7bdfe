package import NIOCore
import StreamSigningThreads
import Synchronization

/// Runs tasks on an event loop, so that what answers a request there needs no other thread and no wake-up.
///
/// An event loop runs everything that it was given before it reads again. So it is given no more than ``share`` jobs at a time,
/// which take it some milliseconds; what is more goes to threads that do nothing else. However many requests come at once, a
/// probe and the next connection wait for one turn.
package final class EventLoopExecutor: TaskExecutor {
    /// Jobs that the loop runs in one turn.
    static let share = 32

    private let eventLoop: any EventLoop
    private let waiting = Atomic<Int>(0)

    package init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard waiting.add(1, ordering: .relaxed).newValue <= Self.share else {
            waiting.subtract(1, ordering: .relaxed)
            return WorkThreads.answers.run(job, for: asUnownedTaskExecutor())
        }
        eventLoop.execute { [self] in
            job.runSynchronously(on: asUnownedTaskExecutor())
            waiting.subtract(1, ordering: .relaxed)
        }
    }

    /// A reply that a task makes, on the event loop unless that has enough to do.
    package func reply(_ answer: @escaping @Sendable () async -> HTTPAnswer) -> HTTPReply {
        let promise = eventLoop.makePromise(of: HTTPAnswer.self)
        Task(executorPreference: self) { promise.succeed(await answer()) }
        return .later(promise.futureResult)
    }
}
