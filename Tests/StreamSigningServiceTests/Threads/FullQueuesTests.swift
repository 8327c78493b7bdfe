import Dispatch
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import StreamSigningStoreTesting
import StreamSigningThreads
import Synchronization
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP
@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningPostgreSQL
@testable import StreamSigningSQLite
@testable import StreamSigningStore

/// What decision 18 promises. In processes of their own, because all threads of this one would be blocked.
@Suite("While every queue that a request can fill is full")
struct FullQueuesTests {
    @Test("a node on SQLite confirms its keys and says that it is ready")
    func sqlite() async {
        await #expect(processExitsWith: .success) {
            let folder = try ScratchFolder()
            let store = try SQLiteKeyStore(in: folder.data)
            try await FullQueues().check(store) { blocker in
                for _ in 0..<32 {
                    blocker.start { _ = try? await store.read { _ in blocker.block() } }
                    blocker.start { _ = try? await store.write { _ in blocker.block() } }
                }
                // Five connections read, and one writes.
                return 6
            }
            await store.close()
        }
    }

    @Test("a node on PostgreSQL confirms its keys and says that it is ready", .needsPostgreSQL)
    func postgreSQL() async {
        await #expect(processExitsWith: .success) {
            try await TestDatabase.use { database in
                let store = try await database.open(readers: 4, callTimeout: .seconds(60))
                try await FullQueues().check(store) { blocker in
                    for _ in 0..<32 {
                        blocker.start { _ = try? await store.read { _, _ in blocker.block() } }
                        blocker.start { _ = try? await store.write { _ in blocker.block() } }
                    }
                    return 5
                }
            }
        }
    }
}

/// Fills the queues of a node, and looks when its keys are confirmed meanwhile.
struct FullQueues {
    enum Failure: Error {
        /// How long after everything was full they were confirmed.
        case late([Duration])
        case notReady
    }

    /// How long the keys may take to be confirmed four times in a row: twice as long as they do.
    private static let time: Duration = .seconds(2)
    /// How long this is waited for: a busy machine may delay a thread now and then.
    private static let patience: Duration = .seconds(60)

    /// Stands for the event loop of an API.
    private static let api = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let blocker = Blocker()

    /// - Parameter fillStore: asks the store for as much as it has queues for, and returns how many calls run at a time.
    func check(_ store: any KeyStore, _ fillStore: (Blocker) -> Int) async throws {
        let lane = try await store.lane(connections: 2)
        let logger = Logger(label: "full") { _ in SwiftLogNoOpLogHandler() }
        let node = NodeID(rawValue: "0000000000000001")
        let follower = try await KeyFollower(
            following: StoreKeySource(store: lane, node: node, period: Self.patience), maximumAge: Self.patience,
            logger: logger)
        let status = NodeStatus(
            ring: follower.ring, propagation: PropagationTimes(), store: lane, node: node, media: nil, connections: [])
        let running = [Task { try await follower.run() }, Task { try await status.run() }]
        // The store's calls go first: they are begun on Swift's own threads.
        blocker.begin(fillStore(blocker))
        await blocker.untilFull()
        fill()
        // From here on, none of Swift's own threads is free.
        let failure = await withTaskExecutorPreference(NodeThread.deadlines) {
            // Before this task goes back to where it came from.
            defer { blocker.release() }
            await blocker.untilFull()
            return await observe(follower.ring, status)
        }
        for task in running {
            task.cancel()
            try await task.value
        }
        if let failure { throw failure }
    }

    /// Blocks the event loops of the gate, every executor that requests use, NIO's threads and Swift's own.
    private func fill() {
        let blocker = blocker
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
            blocker.begin(1)
            loop.execute { blocker.block() }
        }
        let api = EventLoopExecutor(Self.api.any())
        for executor in [WorkThreads.keys, .publications, .files, .answers] {
            blocker.begin(executor.count)
            for _ in 0..<64 { Task(executorPreference: executor) { blocker.block() } }
        }
        blocker.begin(1)
        for _ in 0..<1_000 { Task(executorPreference: api) { blocker.block() } }
        blocker.begin(NIOThreadPool.singletonThreadCount)
        for _ in 0..<256 { NIOThreadPool.singleton.submit { _ in blocker.block() } }
        let work = AccountWork()
        for index in 0..<1_000 {
            Task(executorPreference: NodeThread.deadlines) {
                try? await work.run(for: Sample.account("\(index % 50)")) { blocker.block() }
            }
        }
        blocker.begin(System.coreCount)
        for _ in 0..<256 { Task.detached { blocker.block() } }
    }

    private func observe(_ ring: KeyRing, _ status: NodeStatus) async -> Failure? {
        let start = ContinuousClock.now
        var confirmations: [Duration] = [.zero]
        for await _ in NodeThread.deadlines.clock(every: .milliseconds(10)) {
            guard status.readiness().status == .ok else { return .notReady }
            let confirmed = ring.freshness.confirmed - start
            if confirmed > confirmations[0] { confirmations.insert(confirmed, at: 0) }
            if confirmations.count > 4, confirmed - confirmations[4] < Self.time { return nil }
            guard .now - start < Self.patience else { break }
        }
        return .late(confirmations)
    }
}

extension NIOThreadPool {
    /// How many threads `singleton` has.
    fileprivate static var singletonThreadCount: Int { NIOSingletons.blockingPoolThreadCountSuggestion }
}

/// Blocks threads until they are released.
final class Blocker: Sendable {
    private let released = DispatchGroup()
    private let blocked = Atomic<Int>(0)
    private let wanted = Atomic<Int>(0)

    init() {
        released.enter()
    }

    /// Expects that so many more threads are blocked in the end.
    func begin(_ count: Int) {
        wanted.add(count, ordering: .relaxed)
    }

    /// Begins a call that will block a thread of its store's.
    func start(_ call: @escaping @Sendable () async -> Void) {
        Task { await call() }
    }

    func block() {
        blocked.add(1, ordering: .relaxed)
        released.wait()
    }

    func release() {
        released.leave()
    }

    func untilFull() async {
        for await _ in NodeThread.deadlines.clock(every: .milliseconds(5)) {
            guard blocked.load(ordering: .relaxed) < wanted.load(ordering: .relaxed) else { return }
        }
    }
}
