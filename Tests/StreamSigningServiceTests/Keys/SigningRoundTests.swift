import StreamSigning
import StreamSigningTesting
import Synchronization
import Testing

@testable import StreamSigningOperations

@Suite("Signing in rounds", .timeLimit(.minutes(10)))
struct SigningRoundTests {
    @Test(
        "signs together what was asked for before the executor gets to it",
        arguments: [(1, 1), (2, 1), (32, 1), (33, 2)])
    func together(count: Int, rounds: Int) async throws {
        let executor = HeldExecutor()
        let round = SigningRound(on: executor)
        let signers = try [TokenSigner(key: .testKey), TokenSigner(key: .otherTestKey)]
        let claims = try (0..<count).map {
            try PlaybackClaims(video: VideoID("video-\($0)"), expires: 1_790_000_000)
        }
        let tokens = try await withThrowingTaskGroup(of: (Int, PlaybackToken).self) { group in
            for (index, claims) in claims.enumerated() {
                group.addTask { (index, try await round.token(for: claims, by: signers[index % 2])) }
            }
            while round.waitingCount < count || executor.count < rounds { await Task.yield() }
            #expect(executor.release() == rounds)
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (index, claims) in claims.enumerated() {
            #expect(try tokens[index] == signers[index % 2].sign(claims))
        }
        #expect(round.waitingCount == 0)
    }

    @Test("refuses what would be too long, and nothing beside it")
    func tooLong() async throws {
        let executor = HeldExecutor()
        let round = SigningRound(on: executor)
        let signer = TokenSigner(key: try .testKey)
        let networks = try (0..<500).map { try IPNetwork("192.0.\($0 / 256).\($0 % 256)") }
        let claims = try [[], [AccessRule.allow(.addresses(networks))], []].map { rules in
            try PlaybackClaims(video: VideoID("a"), expires: 1_790_000_000, rules: rules)
        }
        let outcomes = await withTaskGroup(of: (Int, KeyError?).self) { group in
            for (index, claims) in claims.enumerated() {
                group.addTask {
                    do throws(KeyError) {
                        _ = try await round.token(for: claims, by: signer)
                        return (index, nil)
                    } catch {
                        return (index, error)
                    }
                }
            }
            while round.waitingCount < claims.count || executor.count < 1 { await Task.yield() }
            executor.release()
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(outcomes.mapValues(\.code) == [1: .unsupported])
    }
}

/// Runs nothing until it is told to.
private final class HeldExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    /// Jobs that it holds.
    var count: Int { jobs.withLock { $0.count } }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// - Returns: how many jobs have run.
    @discardableResult
    func release() -> Int {
        let held = jobs.withLock { jobs in
            defer { jobs = [] }
            return jobs
        }
        for job in held { job.runSynchronously(on: asUnownedTaskExecutor()) }
        return held.count
    }
}
