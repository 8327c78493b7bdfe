internal import Dispatch
internal import Synchronization

/// Waits on the main thread for work that runs on all cores.
package enum Blocking {
    package static func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        let ended = DispatchSemaphore(value: 0)
        let outcome = Outcome<Value>()
        Task.detached {
            do {
                outcome.set(.success(try await body()))
            } catch {
                outcome.set(.failure(error))
            }
            ended.signal()
        }
        ended.wait()
        return try outcome.get()
    }

    private final class Outcome<Value: Sendable>: Sendable {
        private let result = Mutex(Result<Value, any Error>.failure(CancellationError()))

        func set(_ result: Result<Value, any Error>) {
            self.result.withLock { $0 = result }
        }

        func get() throws -> Value {
            try result.withLock { $0 }.get()
        }
    }
}
