import ServiceLifecycle
import StreamSigningPlatform
import StreamSigningThreads

/// Gives memory back that many requests at once took. The allocator would keep it: a thousand bodies of 64 KB that never ended
/// left 100 MiB behind.
struct MemoryReturn: Service {
    private let interval: Duration
    private let growth: Int

    /// - Parameters:
    ///   - interval: how often to look.
    ///   - growth: how many bytes must have been freed since something was given back.
    init(every interval: Duration = .seconds(2), growth: Int = 16 << 20) {
        self.interval = interval
        self.growth = growth
    }

    /// Runs until the service stops. The size of the process would not do: while requests flood in, it is what they use, and it
    /// stays the same when they are gone.
    func run() async throws {
        await withTaskExecutorPreference(WorkThreads.files) {
            await cancelWhenGracefulShutdown { [self] in
                // What it took to read all keys and revocations.
                ProcessMemory.giveBack()
                var least = ProcessMemory.freeBytes
                for await _ in NodeThread.deadlines.clock(every: interval) {
                    let free = ProcessMemory.freeBytes
                    least = min(least, free)
                    guard free - least > growth else { continue }
                    ProcessMemory.giveBack()
                    least = ProcessMemory.freeBytes
                }
            }
        }
    }
}
