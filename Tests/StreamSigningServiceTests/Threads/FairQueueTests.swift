import StreamSigningThreads
import Synchronization
import Testing

@Suite("A fair queue", .timeLimit(.minutes(10)))
struct FairQueueTests {
    private static let bounds = FairQueue<String>.Bounds(running: 1, waitingPerLane: 2, waiting: 3)

    @Test("lets the lanes take turns, whatever one of them has queued before")
    func turns() async throws {
        let (queue, order) = (FairQueue<String>(Self.bounds), Order())
        let first = Piece()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await queue.run("a", on: WorkThreads.keys) { await first.wait() } }
            try await until { first.isRunning }
            for (place, lane) in ["a", "a", "b"].enumerated() {
                group.addTask { try await queue.run(lane, on: WorkThreads.keys) { order.note("\(lane)\(place)") } }
                try await until { queue.waiting == place + 1 }
            }
            first.finish()
            try await group.waitForAll()
        }
        #expect(order.noted == ["a0", "b2", "a1"])
        #expect(queue.waiting == 0 && queue.refused == 0)
    }

    @Test("refuses who has filled his lane, and takes what others ask for until all places are taken")
    func refusals() async throws {
        let queue = FairQueue<String>(Self.bounds)
        let first = Piece()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await queue.run("a", on: WorkThreads.keys) { await first.wait() } }
            try await until { first.isRunning }
            for place in 1...2 {
                group.addTask { try await queue.run("a", on: WorkThreads.keys) {} }
                try await until { queue.waiting == place }
            }
            await #expect(throws: FairQueue<String>.Refusal.laneIsFull) {
                try await queue.run("a", on: WorkThreads.keys) {}
            }
            group.addTask { try await queue.run("b", on: WorkThreads.keys) {} }
            try await until { queue.waiting == 3 }
            await #expect(throws: FairQueue<String>.Refusal.queueIsFull) {
                try await queue.run("c", on: WorkThreads.keys) {}
            }
            #expect(queue.refused == 2)
            first.finish()
            try await group.waitForAll()
        }
        // Everything was given back.
        try await queue.run("c", on: WorkThreads.keys) {}
        #expect(queue.waiting == 0 && queue.refused == 2)
    }

    @Test("gives the place of work that throws to the next")
    func failure() async throws {
        let queue = FairQueue<String>(Self.bounds)
        for _ in 0..<3 {
            await #expect(throws: CancellationError.self) {
                try await queue.run("a", on: WorkThreads.keys) { throw CancellationError() }
            }
        }
        #expect(try await queue.run("a", on: WorkThreads.keys) { 7 } == 7)
    }

    @Test("runs as many pieces at a time as it may, and no more", arguments: [1, 3])
    func width(running: Int) async throws {
        let queue = FairQueue<Int>(FairQueue.Bounds(running: running, waitingPerLane: 100, waiting: 100))
        let load = Load()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<50 {
                group.addTask {
                    try await queue.run(index % 7, on: WorkThreads.answers) {
                        load.begin()
                        await Task.yield()
                        load.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect((1...running).contains(load.highest))
    }

    private func until(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }
}

/// A piece of work that takes as long as the test wants, and no thread.
final class Piece: Sendable {
    private struct State {
        var isRunning = false
        var isFinished = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    var isRunning: Bool { state.withLock { $0.isRunning } }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isFinished = state.withLock { state in
                state.isRunning = true
                if !state.isFinished { state.waiting = continuation }
                return state.isFinished
            }
            if isFinished { continuation.resume() }
        }
    }

    func finish() {
        let waiting = state.withLock { state in
            state.isFinished = true
            return state.waiting
        }
        waiting?.resume()
    }
}

private final class Load: Sendable {
    private let state = Mutex((now: 0, highest: 0))

    var highest: Int { state.withLock { $0.highest } }

    func begin() {
        state.withLock { state in
            state.now += 1
            state.highest = max(state.highest, state.now)
        }
    }

    func end() {
        state.withLock { $0.now -= 1 }
    }
}

private final class Order: Sendable {
    private let names = Mutex<[String]>([])

    var noted: [String] { names.withLock { $0 } }

    func note(_ name: String) {
        names.withLock { $0.append(name) }
    }
}
