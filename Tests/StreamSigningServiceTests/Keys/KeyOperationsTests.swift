import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningThreads
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore
@testable import StreamSigningWire

@Suite("Operations on keys")
struct KeyOperationsTests {
    @Test("create a key that is stored, trusted at once and written into the audit log")
    func create() async throws {
        let key = try SigningKey.testKey
        try await OperationsFixture.run(stock: [key]) { service in
            let created = try await service.operations.create(in: service.account, by: service.caller)
            #expect(created.key == key && created.created == Sample.time)
            #expect(try SigningKey(importing: created.material.reveal()) == key)
            let listed = try await service.operations.list(service.account)
            #expect(listed.map(\.id) == [key.id] && listed.map(\.created) == [Sample.time])
            let live = try #require(service.ring[key.id])
            #expect(!live.isRevoked && live.account == service.account)
            let event = try #require(try await service.store.audit(after: 0, limit: .max).last?.event)
            #expect(event.action == .keyCreated && event.subject == key.id.rawValue)
            #expect(event.actor == "c0ffee" && event.address == "192.0.2.7" && event.time == Sample.time)
        }
    }

    @Test("list nothing for an account that nobody has used")
    func unknownAccount() async throws {
        try await OperationsFixture.run { service in
            let listed = try await service.operations.list(Sample.account("nobody"))
            #expect(listed.isEmpty)
        }
    }

    @Test("create as many keys as an account may have, and keep the key of a refused create for the next one")
    func limit() async throws {
        let (first, second) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        try await OperationsFixture.run(limit: 1, stock: [second, first]) { service in
            let created = try await service.operations.create(in: service.account, by: service.caller)
            let refusal = await OperationsFixture.refusal {
                _ = try await service.operations.create(in: service.account, by: service.caller)
            }
            #expect(refusal?.code == .keyLimitReached)
            #expect(service.ready.count == 1 && service.ring[second.id] == nil)
            _ = try await service.operations.delete(created.id.rawValue, of: service.account, by: service.caller)
            let next = try await service.operations.create(in: service.account, by: service.caller)
            #expect(next.key == second)
        }
    }

    @Test("do not use a key twice if the store may have kept it")
    func unknownOutcome() async throws {
        let key = try SigningKey.testKey
        try await OperationsFixture.run(stock: [key]) { service in
            service.store.fail(atCall: 1, afterwards: true)
            await #expect(throws: StoreError(.unavailable, "")) {
                _ = try await service.operations.create(in: service.account, by: service.caller)
            }
            #expect(service.ready.count == 0)
            let listed = try await service.operations.list(service.account)
            #expect(listed.map(\.id) == [key.id])
        }
    }

    @Test("import the public half of a private key, under the id that it carries")
    func importPrivate() async throws {
        let key = try SigningKey.testKey
        try await OperationsFixture.run { service in
            let item = try await service.operations.importKey(
                key.jwk(), id: nil, at: "/jwk", into: service.account, by: service.caller)
            #expect(item.id == key.id && item.created == Sample.time)
            #expect(try await service.store.verificationKeys(of: service.account) == [key.verificationKey])
            #expect(try await service.store.sealedKeys().isEmpty)
            #expect(service.ring[key.id]?.isRevoked == false)
        }
    }

    @Test("import a key without an id under the one that is given, or under a new one")
    func importWithoutID() async throws {
        try await OperationsFixture.run { service in
            let named = try await service.operations.importKey(
                SigningKey.testKey.pem(), id: "studio", at: "/pem", into: service.account, by: service.caller)
            #expect(named.id.rawValue == "studio")
            let key = try SigningKey.otherTestKey
            let unnamed = try await service.operations.importKey(
                key.pem(), id: nil, at: "/pem", into: service.account, by: service.caller)
            // Not the thumbprint's: the same key imported elsewhere must not collide with it.
            #expect(try unnamed.id != VerificationKey(importing: key.pem().reveal()).id)
            #expect(unnamed.id.rawValue.utf8.count == 32)
        }
    }

    @Test(
        "refuse ids that no path can name, and take those that only look like them",
        arguments: [
            (".", false), ("..", false), ("jwks.json", false), ("...", true), ("jwks", true),
        ])
    func importableIDs(id: String, isAccepted: Bool) async throws {
        try await OperationsFixture.run { service in
            let refusal = await OperationsFixture.refusal {
                _ = try await service.operations.importKey(
                    SigningKey.testKey.pem(), id: id, at: "/pem", into: service.account, by: service.caller)
            }
            #expect((refusal == nil) == isAccepted)
            #expect(isAccepted || refusal?.code == .invalidRequest && refusal?.pointer == "/id")
            let listed = try await service.operations.list(service.account)
            #expect(listed.map(\.id.rawValue) == (isAccepted ? [id] : []))
        }
    }

    @Test(
        "say which member of an import is at fault",
        arguments: [
            ("no key", nil, "/jwk"), ("no key", "studio", "/jwk"), ("key", "", "/id"), ("key", "a\u{7}b", "/id"),
        ] as [(String, String?, String)])
    func importFaults(text: String, id: String?, pointer: String) async throws {
        try await OperationsFixture.run { service in
            let material = try text == "key" ? SigningKey.testKey.pem() : SecretBytes(copying: Array(text.utf8))
            let refusal = await OperationsFixture.refusal {
                _ = try await service.operations.importKey(
                    material, id: id, at: "/jwk", into: service.account, by: service.caller)
            }
            #expect(refusal?.code == .invalidRequest && refusal?.pointer == pointer)
        }
    }

    @Test("refuse a key that is here, and one that was deleted")
    func importTwice() async throws {
        try await OperationsFixture.run { service in
            let material = try SigningKey.testKey.jwk()
            let again = { () async -> ServiceError? in
                await OperationsFixture.refusal {
                    _ = try await service.operations.importKey(
                        material, id: nil, at: "/jwk", into: service.account, by: service.caller)
                }
            }
            #expect(await again() == nil)
            #expect(await again()?.code == .keyExists)
            _ = try await service.operations.delete(
                SigningKey.testKey.id.rawValue, of: service.account, by: service.caller)
            #expect(await again()?.code == .keyExists)
        }
    }

    @Test(
        "take keys up to the sizes that the service allows",
        arguments: [
            (4096, 32, true), (4097, 32, false), (4096, 33, false), (2048, 17, true), (8192, 32, false),
        ])
    func importedSizes(bits: Int, exponentBits: Int, isAccepted: Bool) async throws {
        try await OperationsFixture.run { service in
            let refusal = await OperationsFixture.refusal {
                _ = try await service.operations.importKey(
                    Self.jwk(bits: bits, exponentBits: exponentBits), id: "large", at: "/jwk", into: service.account,
                    by: service.caller)
            }
            #expect((refusal == nil) == isAccepted)
            #expect(isAccepted || refusal?.code == .invalidRequest && refusal?.pointer == "/jwk")
        }
    }

    @Test("take larger keys where the operator allows them")
    func largerKeys() async throws {
        try await OperationsFixture.run(importedKeys: KeyLimits(bits: 8192, exponentBits: 32)) { service in
            let item = try await service.operations.importKey(
                Self.jwk(bits: 8192, exponentBits: 32), id: "large", at: "/jwk", into: service.account,
                by: service.caller)
            #expect(service.ring[item.id]?.isRevoked == false)
        }
    }

    /// A public key: any odd number passes for a modulus.
    private static func jwk(bits: Int, exponentBits: Int) -> SecretBytes {
        func number(_ bits: Int) -> String {
            var bytes = [UInt8](repeating: 0, count: (bits + 7) / 8)
            bytes[0] = 1 << UInt8((bits - 1) % 8)
            bytes[bytes.count - 1] |= 1
            return Base64.url.encode(bytes)
        }
        return SecretBytes(
            copying: Array(#"{"kty":"RSA","n":"\#(number(bits))","e":"\#(number(exponentBits))"}"#.utf8))
    }

    @Test("refuse an account that asks for more work at once than it may, and nobody else")
    func tooMuchWork() async throws {
        let work = AccountWork(placesPerAccount: 0, places: 1)
        try await OperationsFixture.run(work: work) { service in
            let pieces = (0..<WorkThreads.keys.count).map { _ in Piece() }
            let busy = pieces.map { piece in
                Task { try await work.run(for: Sample.account("b")) { await piece.wait() } }
            }
            while !pieces.allSatisfy(\.isRunning) { try await Task.sleep(for: .milliseconds(1)) }
            let importing = { () async -> ServiceError? in
                await OperationsFixture.refusal {
                    _ = try await service.operations.importKey(
                        SigningKey.testKey.pem(), id: "studio", at: "/pem", into: service.account, by: service.caller)
                }
            }
            #expect(await importing()?.code == .tooMuchAtOnce)
            // What needs no such work goes on.
            #expect(try await service.operations.list(service.account).isEmpty)
            for piece in pieces { piece.finish() }
            for task in busy { try await task.value }
            #expect(await importing() == nil)
        }
    }

    @Test("delete a key once, and only for its account")
    func delete() async throws {
        let key = try SigningKey.testKey
        try await OperationsFixture.run(stock: [key]) { service in
            _ = try await service.operations.create(in: service.account, by: service.caller)
            let delete = { (id: String, account: AccountID) async -> ServiceError? in
                await OperationsFixture.refusal {
                    _ = try await service.operations.delete(id, of: account, by: service.caller)
                }
            }
            #expect(await delete(key.id.rawValue, Sample.account("b"))?.code == .keyNotFound)
            #expect(await delete("", service.account)?.code == .keyNotFound)
            #expect(service.ring[key.id]?.isRevoked == false)
            #expect(await delete(key.id.rawValue, service.account) == nil)
            #expect(service.ring[key.id]?.isRevoked == true)
            #expect(try await service.operations.list(service.account).isEmpty)
            #expect(await delete(key.id.rawValue, service.account)?.code == .keyNotFound)
        }
    }

    @Test("return the number of a deletion, which other nodes have to reach")
    func deletionNumber() async throws {
        try await OperationsFixture.run(stock: [try .testKey]) { service in
            let created = try await service.operations.create(in: service.account, by: service.caller)
            let number = try await service.operations.delete(
                created.id.rawValue, of: service.account, by: service.caller)
            #expect(try await service.store.allChanges().last?.number == number)
        }
    }
}
