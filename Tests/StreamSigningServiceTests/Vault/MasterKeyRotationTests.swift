import Foundation
import GRDB
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningOperations
@testable import StreamSigningSQLite
@testable import StreamSigningStore

@Suite("A change of the master key")
struct MasterKeyRotationTests {
    static let key = Result { try SigningKey.generate() }
    let folder: ScratchFolder
    let store: FailingKeyStore
    let source: MasterKeySource
    let vault: Vault

    /// A store with a sealed key.
    init() async throws {
        folder = try ScratchFolder()
        store = FailingKeyStore(try SQLiteKeyStore(in: folder.data))
        source = .ownFile(folder.data.masterKey)
        vault = try await Vault.open(source, for: store, at: Sample.time)
        _ = try await SealedServiceKeys(store, vault).adopt(
            Self.key.get(), for: Sample.account(), at: Sample.time, quota: KeyQuota(keys: 10),
            audit: Sample.event(.serviceKeyCreated))
    }

    @Test("seals everything anew, and the old key opens nothing")
    func rotate() async throws {
        let old = try #require(FileManager.default.contents(atPath: folder.data.masterKey))
        let outcome = try await MasterKeyRotation(store, source).run(audit: Sample.event(.masterKeyRotated))
        #expect(outcome.old == vault.masterKeyID && outcome.new != outcome.old && outcome.count == 1)
        try await requireWorking(outcome.new)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.data.path).allSatisfy {
                !$0.contains(".new")
            })
        #expect(try folder.mode(folder.data.masterKey) == 0o600)
        try folder.write(old, to: folder.data.masterKey)
        await #expect(throws: VaultError(.masterKeyMismatch, "")) {
            try await Vault.open(source, for: store, at: Sample.time)
        }
    }

    @Test("is noticed by a service that runs")
    func runningService() async throws {
        let keys = SealedServiceKeys(store, vault)
        let outcome = try await MasterKeyRotation(store, source).run(audit: Sample.event(.masterKeyRotated))
        let account = Sample.account("b")
        let adopted = try await keys.adopt(
            Self.other.get(), for: account, at: Sample.time, quota: KeyQuota(keys: 10),
            audit: Sample.event(.serviceKeyCreated))
        #expect(adopted && vault.masterKeyID == outcome.new)
        #expect(try await keys.key(of: Sample.account()) == Self.key.get())
    }
    static let other = Result { try SigningKey.generate() }

    @Test("may be cut off between any two steps", arguments: MasterKeyRotation.Step.allCases)
    func cutOff(at step: MasterKeyRotation.Step) async throws {
        struct PowerCut: Error {}
        let rotation = MasterKeyRotation(store, source) { if $0 == step { throw PowerCut() } }
        await #expect(throws: VaultError.self) { try await rotation.run(audit: Sample.event(.masterKeyRotated)) }
        try await requireWorking(nil)
        let again = try await MasterKeyRotation(store, source).run(audit: Sample.event(.masterKeyRotated))
        try await requireWorking(again.new)
    }

    @Test(
        "may be cut off between any two steps, and be run again at once", arguments: MasterKeyRotation.Step.allCases
    )
    func cutOffAndRepeated(at step: MasterKeyRotation.Step) async throws {
        struct PowerCut: Error {}
        let rotation = MasterKeyRotation(store, source) { if $0 == step { throw PowerCut() } }
        await #expect(throws: VaultError.self) { try await rotation.run(audit: Sample.event(.masterKeyRotated)) }
        let again = try await MasterKeyRotation(store, source).run(audit: Sample.event(.masterKeyRotated))
        try await requireWorking(again.new)
    }

    @Test("may meet a store that fails at any call, before or after its work", arguments: 1...4, [false, true])
    func failingStore(call: Int, afterwards: Bool) async throws {
        store.fail(atCall: call, afterwards: afterwards)
        await #expect(throws: VaultError(.unavailable, "")) {
            try await MasterKeyRotation(store, source).run(audit: Sample.event(.masterKeyRotated))
        }
        try await requireWorking(nil)
        let again = try await MasterKeyRotation(store, source).run(audit: Sample.event(.masterKeyRotated))
        try await requireWorking(again.new)
    }

    @Test("meets keys that are made meanwhile")
    func concurrentKeys() async throws {
        let keys = SealedServiceKeys(store, vault)
        let rotation = MasterKeyRotation(store, source)
        async let outcome = rotation.run(audit: Sample.event(.masterKeyRotated))
        let adopted = try await keys.adopt(
            Self.other.get(), for: Sample.account("b"), at: Sample.time, quota: KeyQuota(keys: 10),
            audit: Sample.event(.serviceKeyCreated))
        try await requireWorking(outcome.new)
        #expect(adopted)
        #expect(try await keys.key(of: Sample.account("b")) == Self.other.get())
    }

    @Test("passes over a private half that does not open, and seals the others")
    func unreadableHalf() async throws {
        let keys = SealedServiceKeys(store, vault)
        let broken = try Self.other.get().id
        _ = try await keys.adopt(
            Self.other.get(), for: Sample.account("b"), at: Sample.time, quota: KeyQuota(keys: 10),
            audit: Sample.event(.serviceKeyCreated))
        try raw(folder) { db in
            try db.execute(sql: "UPDATE signing_key SET sealed = x'00ff' WHERE id = ?", arguments: [broken.rawValue])
        }
        let outcome = try await MasterKeyRotation(store, source).run(audit: Sample.event(.masterKeyRotated))
        #expect(outcome.count == 1 && outcome.unreadable == [broken])
        try await requireWorking(outcome.new)
        await #expect(throws: StoreError(.corrupt, "")) { try await keys.key(of: Sample.account("b")) }
        let again = try await MasterKeyRotation(store, source).run(audit: Sample.event(.masterKeyRotated))
        #expect(again.unreadable == [broken])
    }

    @Test("of a key from the environment needs one that the operator gives")
    func environment() async throws {
        let store = MemoryKeyStore()
        let text = MasterKeySource.text(SecretBytes(copying: Array(MasterKeyTests.hex.utf8)))
        _ = try await Vault.open(text, for: store, at: Sample.time)
        await #expect(throws: VaultError(.masterKeyUnusable, "")) {
            try await MasterKeyRotation(store, text).run(audit: Sample.event(.masterKeyRotated))
        }
        let next = try MasterKey.generate()
        let outcome = try await MasterKeyRotation(store, text).run(to: next, audit: Sample.event(.masterKeyRotated))
        #expect(try await store.masterKeyID() == next.id && outcome.new == next.id)
    }

    /// Whoever starts now can use what is sealed.
    private func requireWorking(_ id: String?) async throws {
        let vault = try await Vault.open(source, for: store, at: Sample.time)
        #expect(id == nil || vault.masterKeyID == id)
        #expect(try await SealedServiceKeys(store, vault).key(of: Sample.account()) == Self.key.get())
    }
}
