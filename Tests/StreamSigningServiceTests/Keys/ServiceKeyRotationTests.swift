import NIOCore
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningWire
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

/// With a clock that the test moves: a lifetime of thirty days, of which the last hour is the next key's hour before it signs.
@Suite("The rotation of the service's own keys")
struct ServiceKeyRotationTests {
    private static let lifetime: Duration = .seconds(30 * 86_400)
    private static let lead: Duration = .seconds(3_600)
    /// A token of a day, and a playback of a week that begins at its end.
    private static let longest: Duration = .seconds(8 * 86_400)

    private func published(_ service: OperationsFixture) async throws -> Set<KeyID> {
        let text = try await service.operations.published.keySet(of: service.account).text
        return Set(try KeySet(importing: text.readableBytesView).keys.map(\.id))
    }

    @Test("goes from one key to the next without a viewer noticing")
    func fromEndToEnd() async throws {
        let (first, second) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        try await OperationsFixture.run(stock: [second, first]) { service in
            let rotation = service.rotation(Self.lifetime)
            func signerID() async throws -> KeyID { try await service.signers.signer(for: service.account).key.id }
            #expect(try await signerID() == first.id)

            service.clock.advance(by: Self.lifetime - Self.lead - .seconds(1))
            try await rotation.rotate()
            #expect(try await service.store.ids() == [first.id], "it is not time yet")

            service.clock.advance(by: .seconds(1))
            try await rotation.rotate()
            try await rotation.rotate()
            #expect(try await service.store.ids() == [first.id, second.id], "one key follows, and one alone")
            #expect(try await published(service) == [first.id, second.id], "it is published")
            #expect(try await signerID() == first.id, "before it signs")

            service.clock.advance(by: Self.lead - .seconds(1))
            #expect(try await signerID() == first.id)
            service.clock.advance(by: .seconds(1))
            #expect(try await signerID() == second.id, "then it signs")
            #expect(service.ring[first.id]?.isUsable(at: service.clock.now) == true, "and the one before it verifies")

            service.clock.advance(by: Self.longest + .seconds(299))
            try await rotation.rotate()
            #expect(service.ring[first.id]?.isRevoked == false, "as long as a token of it may be good")
            service.clock.advance(by: .seconds(1))
            try await rotation.rotate()
            #expect(service.ring[first.id]?.isRevoked == true)
            #expect(try await published(service) == [second.id])
            #expect(try await signerID() == second.id)
            let events = try await service.store.audit(after: 0, limit: .max).map(\.event)
            #expect(
                events.suffix(3).map { "\($0.action.rawValue) \($0.actor)" } == [
                    "service_key.created service", "service_key.created service", "key.deleted service",
                ])
        }
    }

    @Test("is the same on another node, which hears of it by asking the store")
    func otherNode() async throws {
        let (first, second) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        try await OperationsFixture.run(stock: [second, first]) { service in
            let other = service.otherSigners()
            #expect(try await other.signer(for: service.account).key.id == first.id)
            service.clock.advance(by: Self.lifetime - Self.lead - .seconds(1))
            #expect(try await other.signer(for: service.account).key.id == first.id)
            service.clock.advance(by: .seconds(1))
            try await service.rotation(Self.lifetime).rotate()
            try await service.rotation(Self.lifetime, signers: other).rotate()
            #expect(try await service.store.ids() == [first.id, second.id], "both nodes make one key together")
            service.clock.advance(by: Self.lead)
            #expect(try await other.signer(for: service.account).key.id == second.id)
        }
    }

    @Test("signs while the store does not answer, but never beyond the turn of a key that it has not heard of")
    func outage() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            _ = try await service.signers.signer(for: service.account)
            service.clock.advance(by: Self.lead - .seconds(1))
            service.store.fail(atCall: 1)
            let signer = try await service.signers.signer(for: service.account)
            #expect(try signer.key.id == SigningKey.testKey.id)
            service.clock.advance(by: .seconds(1))
            service.store.fail(atCall: 1)
            await #expect(throws: StoreError(.unavailable, "")) {
                _ = try await service.signers.signer(for: service.account)
            }
            _ = try await service.signers.signer(for: service.account)
        }
    }

    @Test("is off unless a lifetime is set, and each account has its own")
    func accounts() async throws {
        let (first, second) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        try await OperationsFixture.run(stock: [second, first]) { service in
            _ = try await service.signers.signer(for: service.account)
            service.clock.advance(by: Self.lifetime - .seconds(60))
            _ = try await service.signers.signer(for: Sample.account("b"))
            service.clock.advance(by: .seconds(60))
            try await service.rotation(nil).rotate()
            #expect(try await service.store.ids().count == 1)
            try await service.rotation(Self.lifetime).rotate()
            #expect(try await service.store.ids().count == 2)
            #expect(try await service.store.serviceKeys(of: Sample.account("b")).count == 1)
        }
    }

    @Test("leaves an account that has no room for a key with the one that it has, and goes on with the others")
    func noRoom() async throws {
        let (first, second) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        try await OperationsFixture.run(limit: 1, stock: [second, first]) { service in
            _ = try await service.signers.signer(for: service.account)
            service.clock.advance(by: Self.lifetime)
            let rotation = service.rotation(Self.lifetime)
            let error = await #expect(throws: StoreError.self) { try await rotation.rotate() }
            #expect(error?.reason.contains("\(service.account)") == true)
            #expect(try await service.signers.signer(for: service.account).key.id == first.id)
            #expect(service.ready.count == 1)
        }
    }
}

@Suite("The schedule of the service's own keys")
struct ServiceKeyScheduleTests {
    private let keys: [ServiceKey]

    init() throws {
        keys = try [0, 10_000, 20_000].map { second in
            ServiceKey(account: Sample.account(), id: try .random(), created: Sample.time + .seconds(second))
        }
    }

    @Test(
        "says which key signs, and until when that is certain",
        arguments: [
            (0, 0, 3_600), (3_600, 0, 7_200), (13_599, 0, 13_600), (13_600, 1, 17_200), (23_599, 1, 23_600),
            (23_600, 2, 27_200), (1_000_000, 2, 1_003_600),
        ])
    func turn(second: Int, index: Int, end: Int) throws {
        let turn = try #require(ServiceKeySchedule.turn(among: keys, at: Sample.time + .seconds(second)))
        #expect(turn.key == keys[index])
        #expect(turn.until == Sample.time + .seconds(end))
    }

    @Test("needs a key, and lets the only one sign at once")
    func few() throws {
        #expect(ServiceKeySchedule.turn(among: [], at: Sample.time) == nil)
        #expect(ServiceKeySchedule.turn(among: [keys[2]], at: Sample.time)?.key == keys[2])
    }

    @Test("keeps a key for eight days and five minutes after the next one has begun to sign", arguments: [false, true])
    func ended(isOver: Bool) {
        let second = 10_000 + 3_600 + 8 * 86_400 + 300 - (isOver ? 0 : 1)
        let ended = ServiceKeySchedule.ended(among: keys, at: Sample.time + .seconds(second))
        #expect(ended == (isOver ? [keys[0]] : []))
    }
}
