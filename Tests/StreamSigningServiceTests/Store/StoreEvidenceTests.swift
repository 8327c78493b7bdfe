import Foundation
import GRDB
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningOperations
@testable import StreamSigningSQLite
@testable import StreamSigningStore

@Suite("A store that somebody edited")
struct StoreEvidenceTests {
    private static let keys = Result { try (SigningKey.generate(), SigningKey.generate()) }
    private let folder: ScratchFolder
    private let store: SQLiteKeyStore
    private let masterKey: MasterKey

    /// A store with two accounts, each with a key and a credential, the first with a key of the service's.
    init() async throws {
        folder = try ScratchFolder()
        store = try SQLiteKeyStore(in: folder.data)
        let source = MasterKeySource.ownFile(folder.data.masterKey)
        let vault = try await Vault.open(source, for: store, at: Sample.time)
        let id = try await store.masterKeyID()
        masterKey = try source.load(matching: id)
        for name in ["a", "b"] {
            let key = try Sample.key(of: Sample.account(name))
            _ = try await store.insert(
                key, quota: KeyQuota(keys: 9), audit: Self.event(.keyCreated, key.key.id.rawValue, key.account))
            for role in [StoredCredential.Role.read, .write] {
                let credential = try Sample.credential(Sample.account(name), role: role)
                try await store.insert(
                    credential, audit: Self.event(.credentialCreated, credential.id.rawValue, credential.account))
            }
        }
        let service = try Self.keys.get().0
        _ = try await SealedServiceKeys(store, vault).adopt(
            service, for: Sample.account(), at: Sample.time, quota: KeyQuota(keys: 9),
            audit: Self.event(.serviceKeyCreated, service.id.rawValue, Sample.account()))
    }

    private static func event(_ action: AuditEvent.Action, _ subject: String, _ account: AccountID) -> AuditEvent {
        AuditEvent(time: Sample.time, action: action, account: account, subject: subject, actor: "test")
    }

    private func edit(_ sql: String, _ arguments: StatementArguments = []) throws {
        try raw(folder) { try $0.execute(sql: sql, arguments: arguments) }
    }

    private func contradictions() async throws -> [String] {
        let archive = try await store.archive()
        try archive.check()
        return try archive.contradictions(opening: masterKey)
    }

    @Test("has no contradictions before")
    func sound() async throws {
        #expect(try await contradictions().isEmpty)
        let archive = try await store.archive()
        #expect(archive.sealedCount == 1)
        #expect(try archive.contradictions(opening: nil).isEmpty)
    }

    @Test(
        "is found by its credentials",
        arguments: [
            ("role = 'write'", "was changed in the database"), ("hash = randomblob(32)", "was changed in the database"),
            ("created = created + 1", "was changed in the database"),
            ("account = 'b'", "is good for b, and was made for a"), ("hash = x'00'", "has a hash that no secret has"),
            ("id = '0011223344556677'", "was not made by this program"),
        ])
    func credentials(edit: String, contradiction: String) async throws {
        try self.edit("UPDATE credential SET \(edit) WHERE role = 'read' AND account = 'a'")
        let found = try await contradictions()
        #expect(found.count == 1 && found[0].hasPrefix("the credential "))
        #expect(found[0].hasSuffix(" \(contradiction): revoke it"), "\(found)")
    }

    @Test("is found by a credential that is valid again; one that is revoked does not matter")
    func revoked() async throws {
        let credential = try #require(try await store.credentials().first)
        try await store.revoke(
            credential.id, at: Sample.time,
            audit: Self.event(.credentialRevoked, credential.id.rawValue, credential.account))
        try edit("UPDATE credential SET hash = x'00' WHERE id = ?", [credential.id.rawValue])
        #expect(try await contradictions().isEmpty)
        try edit("UPDATE credential SET revoked = NULL")
        #expect(try await contradictions().map { $0.contains("was revoked, and is valid again") } == [true])
    }

    @Test("is found by a public key that is not the one that was stored, until that is deleted")
    func publicKey() async throws {
        let (replaced, other) = (try #require(try await store.ids().first), try Self.keys.get().1)
        try edit(
            "UPDATE signing_key SET public_key = ? WHERE id = ?",
            [Data(other.verificationKey.pkcs1DER()), replaced.rawValue])
        let error = await #expect(throws: StoreError(.corrupt, "")) { try await store.archive() }
        #expect(error?.reason.contains("the key \(replaced) of the account a is not the one that was stored") == true)
        try await store.delete(replaced)
        #expect(try await contradictions().isEmpty)
    }

    @Test("is found by the account of a key")
    func account() async throws {
        let moved = try #require(try await store.ids().first)
        try edit("UPDATE signing_key SET account = 'b' WHERE id = ?", [moved.rawValue])
        #expect(try await contradictions() == ["the key \(moved) is b's, and was stored for a: delete it"])
    }

    @Test(
        "is found by what is sealed",
        arguments: [("x''", false), ("x'00112233'", false), ("randomblob(1300)", true)])
    func sealed(half: String, needsKey: Bool) async throws {
        try edit("UPDATE signing_key SET sealed = \(half) WHERE sealed IS NOT NULL")
        let found = try await contradictions()
        #expect(found.count == 1 && found[0].hasPrefix("the private half of a's key "))
        #expect(found[0].hasSuffix(": delete the key"))
        #expect(try await store.archive().contradictions(opening: nil).isEmpty == needsKey)
    }

    @Test("is found by a sealed half that is good, and another key's")
    func sealedElsewhere() async throws {
        let (service, other) = try Self.keys.get()
        let foreign = try masterKey.seal(
            SigningKey(pkcs1DER: other.pkcs1DER(), id: service.id), account: Sample.account())
        try edit("UPDATE signing_key SET sealed = ? WHERE sealed IS NOT NULL", [Data(foreign.box)])
        #expect(try await contradictions().map { $0.contains("belongs to another key") } == [true])
    }

    @Test("of an earlier version, whose credentials have random ids, has no contradictions")
    func version1() async throws {
        let folder = try ScratchFolder()
        try folder.data.prepare()
        try folder.write(Version1.bytes("stream-signing.sqlite"), to: folder.data.database)
        try folder.write(Version1.bytes("master.key"), to: folder.data.masterKey)
        let archive = try await SQLiteKeyStore(in: folder.data).archive()
        let key = try MasterKeySource.ownFile(folder.data.masterKey).load(matching: archive.masterKeyID)
        #expect(try archive.contradictions(opening: key).isEmpty)
        #expect(archive.credentials.allSatisfy { !$0.isBound })
    }
}
