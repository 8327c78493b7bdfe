import Foundation
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningOperations
@testable import StreamSigningSQLite
@testable import StreamSigningStore

@Suite("The vault")
struct VaultTests {
    static let key = Result { try SigningKey.generate() }
    let folder: ScratchFolder
    let source: MasterKeySource

    init() throws {
        folder = try ScratchFolder()
        try folder.data.prepare()
        source = .ownFile(folder.data.masterKey)
    }

    @Test("opens what it sealed")
    func roundTrip() async throws {
        let key = try Self.key.get()
        let store = MemoryKeyStore()
        let vault = try await Vault.open(source, for: store, at: Sample.time)
        let sealed = try vault.seal(key, account: Sample.account())
        #expect(try vault.open(sealed) == key)
        #expect(try await Vault.open(source, for: store, at: Sample.time).open(sealed) == key)
        #expect(
            try vault.seal(key, account: Sample.account()).box != sealed.box, "the nonce is a new one each time")
    }

    @Test("does not open what was moved or changed")
    func tampered() async throws {
        let key = try Self.key.get()
        let vault = try await Vault.open(source, for: MemoryKeyStore(), at: Sample.time)
        let sealed = try vault.seal(key, account: Sample.account())
        var flipped = sealed.box
        flipped[40] ^= 1
        let forgeries = [
            SealedKey(account: Sample.account("b"), id: key.id, masterKeyID: sealed.masterKeyID, box: sealed.box),
            SealedKey(
                account: sealed.account, id: try Sample.unknownID, masterKeyID: sealed.masterKeyID, box: sealed.box),
            SealedKey(account: sealed.account, id: key.id, masterKeyID: sealed.masterKeyID, box: flipped),
            SealedKey(account: sealed.account, id: key.id, masterKeyID: sealed.masterKeyID, box: []),
        ]
        for forgery in forgeries {
            #expect(throws: VaultError(.sealBroken, "")) { try vault.open(forgery) }
        }
        let other = SealedKey(account: sealed.account, id: key.id, masterKeyID: "0000000000000000", box: sealed.box)
        #expect(throws: VaultError(.masterKeyMismatch, "")) { try vault.open(other) }
    }

    @Test("is not opened with another master key than the store's, unless nothing is sealed")
    func wrongKey() async throws {
        let store = MemoryKeyStore()
        let vault = try await Vault.open(source, for: store, at: Sample.time)
        try FileManager.default.removeItem(atPath: folder.data.masterKey)
        let replaced = try await Vault.open(source, for: store, at: Sample.time)
        #expect(replaced.masterKeyID != vault.masterKeyID)
        _ = try await adopt(SealedServiceKeys(store, replaced))
        try FileManager.default.removeItem(atPath: folder.data.masterKey)
        let hex = MasterKeySource.text(SecretBytes(copying: Array(MasterKeyTests.hex.utf8)))
        for wrong in [source, hex] {
            await #expect(throws: VaultError(.masterKeyMismatch, "")) {
                try await Vault.open(wrong, for: store, at: Sample.time)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: folder.data.masterKey), "no new one is made in its place")
    }

    @Test("gives an account one key of its own, whoever asks first")
    func serviceKeys() async throws {
        let store = MemoryKeyStore()
        let keys = SealedServiceKeys(store, try await Vault.open(source, for: store, at: Sample.time))
        #expect(try await keys.key(of: Sample.account()) == nil)
        let (first, other) = (try Self.key.get(), try SigningKey.generate())
        #expect(try await adopt(keys))
        #expect(try await !adopt(keys, other))
        #expect(try await keys.key(of: Sample.account()) == first)
        _ = try await store.delete(first.id)
        #expect(try await keys.key(of: Sample.account()) == nil)
        #expect(try await adopt(keys, other))
        #expect(try await keys.key(of: Sample.account()) == other)
    }

    @Test("keeps no private key in files")
    func nothingInFiles() async throws {
        let store = try SQLiteKeyStore(in: folder.data)
        let key = try Self.key.get()
        _ = try await adopt(SealedServiceKeys(store, try await Vault.open(source, for: store, at: Sample.time)))
        let everything = try folder.everything()
        let secret = try key.pkcs1DER().withUnsafeBytes { Array($0) }
        // From the middle of the key, where the primes are.
        #expect(!everything.contains(secret[600..<632]))
        #expect(everything.contains(try key.verificationKey.pkcs1DER()[20..<52]))
    }

    private func adopt(_ keys: SealedServiceKeys, _ key: SigningKey? = nil) async throws -> Bool {
        try await keys.adopt(
            try key ?? Self.key.get(), for: Sample.account(), at: Sample.time, quota: KeyQuota(keys: 10),
            audit: Sample.event(.serviceKeyCreated))
    }
}
