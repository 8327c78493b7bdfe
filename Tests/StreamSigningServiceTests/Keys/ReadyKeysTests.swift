import StreamSigning
import Testing

@testable import StreamSigningOperations

@Suite("Ready keys")
struct ReadyKeysTests {
    @Test("are made for as many as may wait, and the others are sent away")
    func mostWaiting() async throws {
        let keys = ReadyKeys(capacity: 0, mostWaiting: 2)
        let outcomes = await withTaskGroup(of: Result<KeyID, any Error>.self) { group in
            for _ in 0..<12 { group.addTask { await Self.take(keys) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let ids = outcomes.compactMap { try? $0.get() }
        #expect(ids.count >= 2 && Set(ids).count == ids.count)
        let refused = outcomes.filter { outcome in
            if case .failure(let error as ServiceError) = outcome { return error.code == .tooManyCreates }
            return false
        }
        #expect(!refused.isEmpty && refused.count + ids.count == 12)
        _ = try await keys.take()
        try await Self.end(keys)
    }

    /// Ends the thread as well.
    private static func end(_ keys: ReadyKeys) async throws {
        let running = Task { try await keys.run() }
        running.cancel()
        try await running.value
    }

    private static func take(_ keys: ReadyKeys) async -> Result<KeyID, any Error> {
        do {
            return .success(try await keys.take().id)
        } catch {
            return .failure(error)
        }
    }

    @Test("each is given out once")
    func once() async throws {
        let keys = ReadyKeys(capacity: 3)
        let filling = Task { try await keys.run() }
        var ids: Set<KeyID> = []
        for _ in 0..<6 { ids.insert(try await keys.take().id) }
        #expect(ids.count == 6)
        filling.cancel()
        try await filling.value
    }
}
