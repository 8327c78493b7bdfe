import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("The signers of the accounts")
struct AccountSignersTests {
    @Test("make one key for an account, however many requests ask at once")
    func once() async throws {
        let key = try SigningKey.testKey
        try await OperationsFixture.run(stock: [key]) { service in
            let ids = try await withThrowingTaskGroup(of: KeyID.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await service.signers.signer(for: service.account).key.id }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids == [key.id])
            #expect(try await service.store.ids() == [key.id])
            #expect(service.ring[key.id]?.isRevoked == false)
            let event = try #require(try await service.store.audit(after: 0, limit: .max).last?.event)
            #expect(event.action == .serviceKeyCreated && event.actor == "service")
        }
    }

    @Test("open the key that another process made")
    func otherProcess() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let first = try await service.signers.signer(for: service.account)
            let second = try await service.otherSigners().signer(for: service.account)
            #expect(first.key == second.key)
            #expect(try await service.store.ids().count == 1)
        }
    }

    @Test("ask the store once, and not for each token")
    func cached() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            _ = try await service.signers.signer(for: service.account)
            let calls = service.store.calls
            _ = try await service.signers.signer(for: service.account)
            #expect(service.store.calls == calls)
        }
    }

    @Test("take another key once theirs is deleted here")
    func deletedHere() async throws {
        let (first, second) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        try await OperationsFixture.run(stock: [second, first]) { service in
            #expect(try await service.signers.signer(for: service.account).key == first)
            _ = try await service.operations.delete(first.id.rawValue, of: service.account, by: service.caller)
            #expect(try await service.signers.signer(for: service.account).key == second)
        }
    }

    @Test("take another key once this node hears that theirs was deleted elsewhere")
    func deletedElsewhere() async throws {
        let (first, second) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        try await OperationsFixture.run(stock: [second, first]) { service in
            #expect(try await service.signers.signer(for: service.account).key == first)
            try await service.store.delete(first.id)
            #expect(try await service.signers.signer(for: service.account).key == first, "not heard of yet")
            try service.ring.apply(await service.store.allChanges())
            #expect(try await service.signers.signer(for: service.account).key == second)
        }
    }

    @Test("need room for one more key, and give back the key that has none", arguments: [(1, true), (0, false)])
    func limit(room: Int, isMade: Bool) async throws {
        try await OperationsFixture.run(limit: 1 + room, stock: [try .testKey]) { service in
            try await service.store.add(try Sample.key())
            let refusal = await OperationsFixture.refusal {
                _ = try await service.signers.signer(for: service.account)
            }
            #expect((refusal == nil) == isMade && (isMade || refusal?.code == .keyLimitReached))
            #expect(service.ready.count == (isMade ? 0 : 1))
        }
    }

    @Test("do not keep a failure: the next request tries again")
    func failure() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            service.store.fail(atCall: 1)
            await #expect(throws: StoreError(.unavailable, "")) {
                _ = try await service.signers.signer(for: service.account)
            }
            let signer = try await service.signers.signer(for: service.account)
            #expect(try signer.key == SigningKey.testKey)
        }
    }
}
