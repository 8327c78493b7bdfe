import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningWire
import Testing

@testable import StreamSigningGate
@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("From an old key to a new one")
struct KeyRotationTests {
    private static let video = "ea95132c15732412d22c1476fa83f27a"

    @Test("both verify, the old one is kept as long as it is used, and then its deletion refuses nobody")
    func fromEndToEnd() async throws {
        let (old, new) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        try await OperationsFixture.run(stock: [new, old]) { service in
            let keeper = Gatekeeper(
                ring: service.ring, policy: VerificationPolicy(), cache: .init(entries: 64, bytes: 1 << 20))
            let start = service.clock.now
            func token(of key: SigningKey, for time: Duration) throws -> String {
                let claims = try PlaybackClaims(video: VideoID(Self.video), expires: start + time)
                return try TokenSigner(key: key).sign(claims).rawValue
            }
            func refusal(of token: String) -> Denial.Code? {
                var token = token
                return token.withUTF8 { bytes in
                    do throws(Denial) {
                        let now = service.clock.now
                        _ = try keeper.decide(UnsafeRawBufferPointer(bytes), for: .insecureForAnyVideo(), at: now)
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            func shown(_ key: SigningKey) async throws -> KeyListItem {
                try await service.ring.uses.report { uses throws(StoreError) in try await service.store.record(uses) }
                return try await service.operations.key(key.id.rawValue, of: service.account)
            }
            func delete(_ key: SigningKey) async throws {
                _ = try await service.operations.deleteUnused(
                    key.id.rawValue, for: .seconds(60), of: service.account, by: service.caller)
            }

            _ = try await service.operations.create(in: service.account, by: service.caller)
            let (before, after) = (try token(of: old, for: .seconds(600)), try token(of: new, for: .seconds(7_200)))
            #expect(refusal(of: before) == nil)
            #expect(refusal(of: after) == .keyUnknown)
            _ = try await service.operations.create(in: service.account, by: service.caller)
            #expect([before, after].map(refusal) == [nil, nil], "both verify")

            service.clock.advance(by: .seconds(70))
            #expect(refusal(of: before) == nil, "somebody still watches")
            #expect(try await shown(old).safeToDeleteAt == (start + .seconds(600)).wholeSecond)
            let guarded = await OperationsFixture.refusal { try await delete(old) }
            #expect(guarded?.code == .keyInUse)
            #expect(guarded?.reason.contains("\((start + .seconds(70)).wholeSecond)") == true, "too early, and why")
            #expect([before, after].map(refusal) == [nil, nil], "nothing has changed")

            service.clock.advance(by: .seconds(530))
            #expect(try await shown(old).safeToDeleteAt.map { $0 <= service.clock.now } == true)
            #expect([before, after].map(refusal) == [.expired, nil], "nobody has a good URL of it any more")
            try await delete(old)
            #expect(try await service.operations.list(service.account).map(\.id) == [new.id])
            #expect([before, after].map(refusal) == [.keyRevoked, nil])
        }
    }
}
