#if Service
    import NIOCore

    /// Runs tasks on an event loop: what answers a request there needs no other thread, and nobody to wake it.
    final class EventLoopExecutor: TaskExecutor {
        private let eventLoop: any EventLoop

        init(_ eventLoop: any EventLoop) {
            self.eventLoop = eventLoop
        }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }

        /// What a task says that runs there.
        func reply(_ answer: @escaping @Sendable () async -> HTTPAnswer) -> HTTPReply {
            let promise = eventLoop.makePromise(of: HTTPAnswer.self)
            Task(executorPreference: self) { promise.succeed(await answer()) }
            return .later(promise.futureResult)
        }
    }

    /// Does, on a thread that answers nobody, what takes longer than others should wait.
    func offEventLoop<Value: Sendable>(_ body: @Sendable () async throws -> Value) async rethrows -> Value {
        try await withTaskExecutorPreference(globalConcurrentExecutor, operation: body)
    }
#endif
