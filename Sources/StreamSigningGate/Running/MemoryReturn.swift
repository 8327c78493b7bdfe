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
    ///   - growth: by how many bytes the process must have grown since it gave something back.
    init(every interval: Duration = .seconds(2), growth: Int = 16 << 20) {
        self.interval = interval
        self.growth = growth
    }

    /// Runs until the service stops. What is in use stays, and counts as the size from which the process grows.
    func run() async throws {
        await withTaskExecutorPreference(WorkThreads.files) {
            await cancelWhenGracefulShutdown { [self] in
                var settled = ProcessMemory.residentBytes ?? .max
                for await _ in NodeThread.deadlines.clock(every: interval) {
                    guard let resident = ProcessMemory.residentBytes else { return }
                    guard resident - settled > growth else {
                        settled = min(settled, resident)
                        continue
                    }
                    ProcessMemory.giveBack()
                    settled = ProcessMemory.residentBytes ?? .max
                }
            }
        }
    }
}
