internal import Foundation
internal import Synchronization

/// Threads that begin together and are waited for.
final class ThreadTeam<Value: Sendable>: Sendable {
    private let count: Int
    private let ready = Atomic<Int>(0)
    private let results = Mutex<[Result<Value, any Error>]>([])

    private init(count: Int) {
        self.count = count
    }

    /// Runs `body` on so many threads at once, each with its number from 0, and returns what they returned in any order.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Value) throws -> [Value] {
        let team = ThreadTeam(count: count)
        let finished = DispatchSemaphore(value: 0)
        for number in 0..<count {
            Thread.detachNewThread {
                team.waitForAll()
                let result = Result { try body(number) }
                team.results.withLock { $0.append(result) }
                finished.signal()
            }
        }
        for _ in 0..<count {
            finished.wait()
        }
        return try team.results.withLock { results in try results.map { try $0.get() } }
    }

    private func waitForAll() {
        ready.add(1, ordering: .relaxed)
        while ready.load(ordering: .relaxed) < count {
            Thread.sleep(forTimeInterval: 0.0001)
        }
    }
}
