package import NIOCore

/// Runs tasks on an event loop, so that what answers a request there needs no other thread and no wake-up.
package final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    package init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// A reply that a task on the event loop makes.
    package func reply(_ answer: @escaping @Sendable () async -> HTTPAnswer) -> HTTPReply {
        let promise = eventLoop.makePromise(of: HTTPAnswer.self)
        Task(executorPreference: self) { promise.succeed(await answer()) }
        return .later(promise.futureResult)
    }
}
