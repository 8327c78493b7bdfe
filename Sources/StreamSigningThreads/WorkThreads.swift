import NIOCore
import NIOPosix

/// Threads for work of requests that takes long. They give way to the threads that answer.
///
/// They belong to the process, because the cores do, whatever number of services runs in it.
package final class WorkThreads: TaskExecutor {
    /// Reads and checks the keys that clients send, decodes large bodies, and opens sealed keys. Half as many as there are cores,
    /// so that the other half is free whatever clients send.
    package static let keys = WorkThreads(count: max(1, System.coreCount / 2), .lowest)
    /// Makes keys, in advance or for who waits.
    package static let newKeys = WorkThreads(count: 1, .low)
    /// Makes public answers, which anybody may ask for.
    package static let publications = WorkThreads(count: 1, .lowest)
    /// Reads files that the node watches: countries, a certificate, the media's folder. One each, as a disk may hang.
    package static let files = WorkThreads(count: 3, .low)
    /// Answers requests that are more than an event loop takes on in one turn.
    package static let answers = WorkThreads(count: System.coreCount, .low)

    /// How many pieces of work run at a time.
    package let count: Int
    private let priority: ThreadPriority
    private let pool: NIOThreadPool

    private init(count: Int, _ priority: ThreadPriority) {
        self.count = count
        self.priority = priority
        pool = NIOThreadPool(numberOfThreads: count)
        pool.start()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        run(UnownedJob(job), for: asUnownedTaskExecutor())
    }

    /// Runs a job of another executor.
    package func run(_ job: UnownedJob, for executor: UnownedTaskExecutor) {
        pool.submit { [priority] _ in
            priority.apply()
            job.runSynchronously(on: executor)
        }
    }
}
