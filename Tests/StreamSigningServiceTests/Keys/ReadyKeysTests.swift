import StreamSigning
import StreamSigningStore
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningOperations

@Suite("Ready keys", .timeLimit(.minutes(10)))
struct ReadyKeysTests {
    private static func take(_ keys: ReadyKeys, for account: AccountID) async -> Result<KeyID, any Error> {
        await Result { () async throws in try await keys.take(for: account).id }
    }

    @Test("are made for as many as may wait, and the others of that account are sent away")
    func mostWaiting() async throws {
        let keys = ReadyKeys(capacity: 0, mostWaiting: 2)
        let (busy, other) = (Sample.account("busy"), Sample.account("other"))
        let outcomes = await withTaskGroup(of: Result<KeyID, any Error>.self) { group in
            for _ in 0..<12 { group.addTask { await Self.take(keys, for: busy) } }
            let mine = await Self.take(keys, for: other)
            #expect(throws: Never.self) { try mine.get() }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let ids = outcomes.compactMap { try? $0.get() }
        #expect(ids.count >= 2 && Set(ids).count == ids.count)
        let refused = outcomes.filter { outcome in
            if case .failure(let error as ServiceError) = outcome { return error.code == .tooManyCreates }
            return false
        }
        #expect(!refused.isEmpty && refused.count + ids.count == 12)
        _ = try await keys.take(for: busy)
    }

    @Test("each is given out once")
    func once() async throws {
        let keys = ReadyKeys(capacity: 3)
        let filling = Task { try await keys.run() }
        var ids: Set<KeyID> = []
        for _ in 0..<6 { ids.insert(try await keys.take(for: Sample.account()).id) }
        #expect(ids.count == 6)
        filling.cancel()
        try await filling.value
    }
}
