import StreamSigningThreads
import Synchronization
import Testing

@Suite("A single flight", .timeLimit(.minutes(10)))
struct SingleFlightTests {
    private struct Failure: Error {}

    @Test("does a piece of work once for all who ask at the same time, and again for who asks later")
    func once() async throws {
        let flights = SingleFlight<String, Int>(on: WorkThreads.publications)
        let piece = Piece()
        let runs = Runs()
        let results = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await flights.run("a") {
                        await piece.wait()
                        return runs.next()
                    }
                }
            }
            while !piece.isRunning { try await Task.sleep(for: .milliseconds(1)) }
            // Another key does not wait for it.
            #expect(try await flights.run("b") { 0 } == 0)
            // All of them are there: each has had its turn on the actor before this one.
            for _ in 0..<100 { _ = try await flights.run("b") { 0 } }
            piece.finish()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(results).count <= 2 && results.contains(1))
        #expect(try await flights.run("a") { runs.next() } > 1)
    }

    private final class Runs: Sendable {
        private let count = Atomic<Int>(0)

        func next() -> Int { count.add(1, ordering: .relaxed).newValue }
    }

    @Test("fails for all who asked, and is tried again by who asks later")
    func failure() async throws {
        let flights = SingleFlight<String, Int>(on: WorkThreads.publications)
        await #expect(throws: Failure.self) { try await flights.run("a") { throw Failure() } }
        #expect(try await flights.run("a") { 2 } == 2)
    }
}
