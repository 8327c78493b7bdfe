import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningWire
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("Operations on revocations")
struct RevocationOperationsTests {
    private func batch(_ ids: String...) throws -> RevocationBatch {
        RevocationBatch(try ids.map { RevocationRequest(try RevocationSubject(.token, $0)) })
    }

    @Test("revoke in the store and on this node, and say in the log who did it")
    func revoke() async throws {
        try await OperationsFixture.run { service in
            service.clock.advance(by: .milliseconds(700))
            let (revocations, number) = try await service.revocations.revoke(
                try batch("a", "b"), in: service.account, by: service.caller)
            #expect(revocations.map(\.subject.id) == ["a", "b"] && number.rawValue == 2)
            #expect(revocations.allSatisfy { $0.created == Sample.time }, "rounded down to the second")
            #expect(try await service.store.inForce() == revocations.reversed())
            #expect(service.ring.revocationCount == 2)
            let events = try await service.store.audit(after: 0, limit: 10)
                .filter { $0.event.action == .revocationAdded }.map(\.event)
            #expect(events.map(\.subject) == revocations.map(\.id.rawValue))
            #expect(events.allSatisfy { $0.actor == "c0ffee" && $0.address == "192.0.2.7" })
            let changes = try await service.store.allChanges()
            #expect(changes.map(\.time) == [service.clock.now, service.clock.now], "as exact as the clock")
        }
    }

    @Test("refuse a batch as a whole, and point at what is wrong with it")
    func invalid() async throws {
        try await OperationsFixture.run { service in
            var late = RevocationRequest(try RevocationSubject(.viewer, "v"))
            late.until = Sample.time
            let good = RevocationRequest(try RevocationSubject(.token, "t"))
            for (batch, pointer) in [
                (RevocationBatch([late]), "/until"), (RevocationBatch([good, late]), "/1/until"),
            ] {
                let refusal = await OperationsFixture.refusal {
                    _ = try await service.revocations.revoke(batch, in: service.account, by: service.caller)
                }
                #expect(refusal?.code == .invalidRequest && refusal?.pointer == pointer)
            }
            #expect(try await service.store.inForce().isEmpty && service.ring.revocationCount == 0)
        }
    }

    @Test("refuse more than an account may have, and put nothing into force then")
    func limit() async throws {
        try await OperationsFixture.run(limit: 3) { service in
            _ = try await service.revocations.revoke(
                try batch("a", "b"), in: service.account, by: service.caller)
            let refusal = await OperationsFixture.refusal {
                _ = try await service.revocations.revoke(
                    try batch("c", "d"), in: service.account, by: service.caller)
            }
            #expect(refusal?.code == .revocationLimitReached && refusal?.reason.contains("3 revocations") == true)
            #expect(service.ring.revocationCount == 2)
            _ = try await service.revocations.revoke(
                try batch("c", "d"), in: Sample.account("b"), by: service.caller)
        }
    }

    @Test("put nothing into force that the store has not got for certain")
    func unavailable() async throws {
        try await OperationsFixture.run { service in
            service.store.fail(atCall: 1)
            await #expect(throws: StoreError(.unavailable, "")) {
                try await service.revocations.revoke(try batch("a"), in: service.account, by: service.caller)
            }
            #expect(service.ring.revocationCount == 0)
        }
    }

    @Test("list in pages that say whether there is another")
    func pages() async throws {
        try await OperationsFixture.run { service in
            let (added, _) = try await service.revocations.revoke(
                try batch("a", "b", "c", "d"), in: service.account, by: service.caller)
            let newest = Array(added.reversed())
            func page(_ limit: Int, after: RevocationID? = nil) async throws -> RevocationPage {
                try await service.revocations.list(
                    service.account, RevocationQuery(limit: limit, after: after))
            }
            #expect(try await page(3) == RevocationPage(Array(newest[..<3]), after: newest[2].id))
            #expect(try await page(3, after: newest[2].id) == RevocationPage([newest[3]], after: nil, isPartial: true))
            #expect(try await page(4) == RevocationPage(newest, after: nil), "a full page may be the last")
            let subject = try RevocationSubject(.token, "nobody")
            let filtered = try await service.revocations.list(service.account, RevocationQuery(subject: subject))
            #expect(filtered.revocations.isEmpty && filtered.isPartial, "there are others")
            let unknown = try RevocationID.random()
            let refusal = await OperationsFixture.refusal { _ = try await page(3, after: unknown) }
            #expect(refusal?.code == .invalidRequest && refusal?.reason.contains("after") == true)
        }
    }

    @Test("show and lift a revocation of the account that is in force, and no other")
    func lift() async throws {
        try await OperationsFixture.run { service in
            let (added, _) = try await service.revocations.revoke(
                try batch("a", "b"), in: service.account, by: service.caller)
            let id = added[0].id.rawValue
            let (show, lift) = (
                { (id: String, account: AccountID) async -> ServiceError.Code? in
                    await OperationsFixture.refusal {
                        _ = try await service.revocations.revocation(id, of: account)
                    }?.code
                },
                { (id: String, account: AccountID) async -> ServiceError.Code? in
                    await OperationsFixture.refusal {
                        _ = try await service.revocations.lift(id, of: account, by: service.caller)
                    }?.code
                }
            )
            for wrong in ["", "nonsense", String(repeating: "0", count: 32), id.uppercased()] {
                #expect(await show(wrong, service.account) == .revocationNotFound)
                #expect(await lift(wrong, service.account) == .revocationNotFound)
            }
            #expect(await show(id, Sample.account("b")) == .revocationNotFound)
            #expect(await lift(id, Sample.account("b")) == .revocationNotFound)
            #expect(try await service.revocations.revocation(id, of: service.account) == added[0])
            #expect(service.ring.revocationCount == 2)
            #expect(await lift(id, service.account) == nil)
            #expect(service.ring.revocationCount == 1)
            #expect(await show(id, service.account) == .revocationNotFound)
            #expect(await lift(id, service.account) == .revocationNotFound)
            service.clock.advance(by: Revocation.defaultLifetime + .seconds(1))
            let other = added[1].id.rawValue
            #expect(await show(other, service.account) == .revocationNotFound, "it has ended")
            #expect(await lift(other, service.account) == .revocationNotFound)
        }
    }
}
