internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let concurrency: [Case] = [
        Case("many writers on two nodes keep the limit") { subject in
            let stores = [try await subject.open(), try await subject.open()]
            let keys = try (0..<subject.limit + 10).map { _ in try Sample.key() }
            let outcomes = await outcomes(of: keys.enumerated().map { ($0, $1) }) { item throws(StoreError) in
                try await stores[item.0 % 2].add(item.1, limit: subject.limit)
            }
            let refused = outcomes.filter { $0 == .failure(StoreError(.limitReached, "")) }.count
            try require(refused == 10, "10 more than the limit are refused, not \(refused)")
            try require(try await stores[0].ids().count == subject.limit, "the others are there")
        },
        Case("many writers on two nodes get numbers without gaps, and readers miss none") { subject in
            let stores = [try await subject.open(), try await subject.open()]
            let total = 2 * subject.limit
            let follower = Task { () async throws -> [Int64] in
                var seen: [Int64] = []
                let store = try await subject.open()
                while seen.count < total, !Task.isCancelled {
                    seen += try await store.allChanges(after: seen.last ?? 0).map(\.number.rawValue)
                }
                return seen
            }
            defer { follower.cancel() }
            let keys = try (0..<subject.limit).map { _ in try Sample.key() }
            let outcomes = await outcomes(of: Array(keys.enumerated())) { item throws(StoreError) in
                let added = try await stores[item.offset % 2].add(item.element)
                return [added, try await stores[(item.offset + 1) % 2].delete(item.element.key.id)]
            }
            let pairs = try outcomes.map { try $0.get() }
            try require(pairs.allSatisfy { $0[0] < $0[1] }, "a deletion comes after its creation")
            try require(
                pairs.joined().map(\.rawValue).sorted() == (1...total).map { Int64($0) },
                "every number is given once")
            try require(
                try await follower.value == (1...total).map { Int64($0) }, "a follower sees all of them in order")
        },
        Case("of many who take one id, or add one key, one succeeds") { subject in
            let stores = [try await subject.open(), try await subject.open()]
            let id = try KeyID.random()
            let keys = try (0..<8).map { _ in try Sample.key(Sample.publicKey(id: id)) }
            let taken = await outcomes(of: Array(keys.enumerated())) { item throws(StoreError) in
                try await stores[item.offset % 2].add(item.element)
            }
            try require(taken.filter { (try? $0.get()) != nil }.count == 1, "one takes the id")
            let deleted = await outcomes(of: Array(0..<8)) { index throws(StoreError) in
                try await stores[index % 2].delete(id)
            }
            try require(deleted.filter { (try? $0.get()) != nil }.count == 1, "one deletes it")
        },
    ]

    private static func outcomes<Item: Sendable, Value: Sendable>(
        of items: [Item], _ body: @escaping @Sendable (Item) async throws(StoreError) -> Value
    ) async -> [Result<Value, StoreError>] {
        await withTaskGroup(of: Result<Value, StoreError>.self) { group in
            for item in items {
                group.addTask {
                    do throws(StoreError) {
                        return .success(try await body(item))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}
