import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningWire
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("Operations on the use of keys")
struct KeyUseOperationsTests {
    @Test("show when a key was used, and when it can go")
    func shown() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let id = try await service.operations.create(in: service.account, by: service.caller).id
            let before = try await service.operations.key(id.rawValue, of: service.account)
            #expect(before.lastUsed == nil && before.latestExpiry == nil && before.safeToDeleteAt == nil)
            let (now, expiry) = (service.clock.now.wholeSecond, service.clock.now.wholeSecond + .seconds(600))
            try await service.operations.record([id: KeyUse(last: now + .seconds(5), latestExpiry: expiry)])
            let after = try await service.operations.key(id.rawValue, of: service.account)
            #expect(after.lastUsed == now, "a gate whose clock is ahead uses no key in the future")
            #expect(after.latestExpiry == expiry && after.safeToDeleteAt == expiry)
            #expect(try await service.operations.list(service.account) == [after])
        }
    }

    @Test("delete what was not used for as long as was said, and nothing else")
    func unused() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            func refusal(_ id: String, of account: AccountID? = nil) async -> ServiceError? {
                await OperationsFixture.refusal {
                    _ = try await service.operations.deleteUnused(
                        id, for: .seconds(60), of: account ?? service.account, by: service.caller)
                }
            }
            let id = try await service.operations.create(in: service.account, by: service.caller).id
            service.clock.advance(by: .seconds(59))
            #expect(await refusal(id.rawValue)?.code == .keyInUse, "it was made too short a time ago")
            let now = service.clock.now.wholeSecond
            try await service.operations.record([id: KeyUse(last: now, latestExpiry: now)])
            service.clock.advance(by: .seconds(59))
            let refused = await refusal(id.rawValue)
            #expect(refused?.code == .keyInUse && refused?.reason.contains("\(now)") == true)
            #expect(service.ring[id]?.isRevoked == false)
            let own = service.account
            for (id, account) in [("-", own), ("unknown", own), (id.rawValue, Sample.account("other"))] {
                #expect(await refusal(id, of: account)?.code == .keyNotFound)
            }
            service.clock.advance(by: .seconds(1))
            _ = try await service.operations.deleteUnused(
                id.rawValue, for: .seconds(60), of: service.account, by: service.caller)
            #expect(service.ring[id]?.isRevoked == true)
            #expect(await refusal(id.rawValue)?.code == .keyNotFound)
            let deletions = try await service.store.audit(after: 0, limit: 10).filter { $0.event.action == .keyDeleted }
            #expect(deletions.count == 1)
        }
    }
}
