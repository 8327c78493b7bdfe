internal import Dispatch
internal import Synchronization

/// Waits on the main thread for what runs on all cores.
enum Blocking {
    static func run(_ body: @escaping @Sendable () async throws -> Void) throws {
        let ended = DispatchSemaphore(value: 0)
        let outcome = Outcome()
        Task.detached {
            do {
                try await body()
                outcome.set(.success(()))
            } catch {
                outcome.set(.failure(error))
            }
            ended.signal()
        }
        ended.wait()
        try outcome.get()
    }

    private final class Outcome: Sendable {
        private let result = Mutex(Result<Void, any Error>.success(()))

        func set(_ result: Result<Void, any Error>) {
            self.result.withLock { $0 = result }
        }

        func get() throws {
            try result.withLock { $0 }.get()
        }
    }
}
