import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningWire
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("Operations on the state of keys")
struct KeyStateOperationsTests {
    private func refusal(
        _ request: KeyUpdateRequest, _ id: String, _ service: OperationsFixture, of account: AccountID? = nil
    ) async -> ServiceError? {
        await OperationsFixture.refusal {
            _ = try await service.operations.update(
                id, of: account ?? service.account, by: request, by: service.caller)
        }
    }

    @Test("disable and enable a key at once, on this node and in the store")
    func disable() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let id = try await service.operations.create(in: service.account, by: service.caller).id
            let live = try #require(service.ring[id])
            let (disabled, number) = try await service.operations.update(
                id.rawValue, of: service.account, by: KeyUpdateRequest(name: "studio", isEnabled: false),
                by: service.caller)
            #expect(disabled.name == "studio" && !disabled.isEnabled && number?.rawValue == 2)
            #expect(!live.isUsable(at: service.clock.now))
            #expect(try await service.operations.list(service.account) == [disabled])
            #expect(try await service.operations.key(id.rawValue, of: service.account) == disabled)
            let (enabled, _) = try await service.operations.update(
                id.rawValue, of: service.account, by: KeyUpdateRequest(isEnabled: true), by: service.caller)
            #expect(enabled.isEnabled && enabled.name == "studio" && live.isUsable(at: service.clock.now))
            let (renamed, none) = try await service.operations.update(
                id.rawValue, of: service.account, by: KeyUpdateRequest(name: .some(nil)), by: service.caller)
            #expect(renamed.name == nil && none == nil, "a name is nothing that nodes decide by")
            let events = try await service.store.audit(after: 0, limit: 10).map(\.event)
            #expect(events.filter { $0.action == .keyChanged && $0.subject == id.rawValue }.count == 3)
        }
    }

    @Test("let a key expire by itself, and say so in a list")
    func expiry() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let id = try await service.operations.create(in: service.account, by: service.caller).id.rawValue
            let expires = service.clock.now + .seconds(60)
            _ = try await service.operations.update(
                id, of: service.account, by: KeyUpdateRequest(expires: expires), by: service.caller)
            #expect(try await service.operations.key(id, of: service.account).isEnabled)
            service.clock.advance(by: .seconds(60))
            let key = try await service.operations.key(id, of: service.account)
            #expect(!key.isEnabled && key.expires == expires)
            let refused = await refusal(KeyUpdateRequest(isEnabled: true), id, service)
            #expect(refused?.code == .invalidRequest && refused?.pointer == "/expires")
            let (enabled, _) = try await service.operations.update(
                id, of: service.account, by: KeyUpdateRequest(isEnabled: true, expires: .some(nil)),
                by: service.caller)
            #expect(enabled.isEnabled && enabled.expires == nil)
        }
    }

    @Test("refuse what cannot be meant, and keys that are not the account's")
    func refusals() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let id = try await service.operations.create(in: service.account, by: service.caller).id.rawValue
            let past = KeyUpdateRequest(expires: service.clock.now)
            for (request, pointer) in [
                (KeyUpdateRequest(), ""), (past, "/expires"), (KeyUpdateRequest(name: "\n"), "/name"),
            ] {
                let refused = await refusal(request, id, service)
                #expect(refused?.code == .invalidRequest && refused?.pointer == pointer)
            }
            let disable = KeyUpdateRequest(isEnabled: false)
            #expect(await refusal(disable, id, service, of: Sample.account("b"))?.code == .keyNotFound)
            #expect(await refusal(disable, "", service)?.code == .keyNotFound)
            let other = await OperationsFixture.refusal {
                _ = try await service.operations.key(id, of: Sample.account("b"))
            }
            #expect(other?.code == .keyNotFound)
        }
    }

    @Test("sign nothing with a disabled key")
    func signing() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let signer = try await service.signers.signer(for: service.account)
            _ = try await service.operations.update(
                signer.key.id.rawValue, of: service.account, by: KeyUpdateRequest(isEnabled: false),
                by: service.caller)
            let refused = await OperationsFixture.refusal {
                _ = try await service.signers.signer(for: service.account)
            }
            #expect(refused?.code == .keyDisabled)
            _ = try await service.operations.update(
                signer.key.id.rawValue, of: service.account, by: KeyUpdateRequest(isEnabled: true),
                by: service.caller)
            _ = try await service.signers.signer(for: service.account)
        }
    }
}
