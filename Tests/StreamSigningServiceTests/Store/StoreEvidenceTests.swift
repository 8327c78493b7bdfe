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
                key, quota: KeyQuota(keys: 9),
                audit: Self.event(.keyCreated, key.key.id.rawValue, key.account).adding(key.key, of: key.account))
            for role in [StoredCredential.Role.read, .write] {
                let credential = try Sample.credential(Sample.account(name), role: role)
                try await store.insert(
                    credential,
                    audit: Self.event(.credentialCreated, credential.id.rawValue, credential.account).adding(credential)
                )
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

    private func findings() async throws -> [String] {
        try await store.readArchive().findings(opening: masterKey)
    }

    @Test("has no contradictions before")
    func sound() async throws {
        #expect(try await findings().isEmpty)
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
            ("version = 1, role = 'write'", "was changed in the database"),
        ])
    func credentials(edit: String, contradiction: String) async throws {
        try self.edit("UPDATE credential SET \(edit) WHERE role = 'read' AND account = 'a'")
        let found = try await findings()
        #expect(found.count == 1 && found[0].hasPrefix("the credential "))
        #expect(found[0].hasSuffix(" \(contradiction): revoke it"), "\(found)")
    }

    @Test("is found by a credential that this program did not make, and by one that is gone")
    func planted() async throws {
        let credential = try #require(try await store.credentials().first)
        try edit("UPDATE credential SET id = '0011223344556677' WHERE id = ?", [credential.id.rawValue])
        #expect(
            try await findings() == [
                "the credential 0011223344556677 was not made by this program: revoke it",
                "the credential \(credential.id.rawValue), which the audit log knows, is missing",
            ])
    }

    @Test("is found by a credential that was revoked in the database alone")
    func revokedElsewhere() async throws {
        try edit("UPDATE credential SET revoked = 1 WHERE role = 'read' AND account = 'a'")
        #expect(try await findings().map { $0.contains("is revoked, and the audit log does not say so") } == [true])
    }

    @Test("is found by a credential that is valid again; one that is revoked does not matter")
    func revoked() async throws {
        let credential = try #require(try await store.credentials().first)
        try await store.revoke(
            credential.id, at: Sample.time,
            audit: Self.event(.credentialRevoked, credential.id.rawValue, credential.account))
        try edit("UPDATE credential SET hash = x'00' WHERE id = ?", [credential.id.rawValue])
        #expect(try await findings().isEmpty)
        try edit("UPDATE credential SET revoked = NULL")
        #expect(try await findings().map { $0.contains("was revoked, and is valid again") } == [true])
    }

    @Test(
        "is found by a public key that is not the one that was stored, until that is deleted", arguments: [false, true])
    func publicKey(withThumbprint: Bool) async throws {
        let (replaced, other) = (try #require(try await store.ids().first), try Self.keys.get().1)
        try edit(
            "UPDATE signing_key SET public_key = ? WHERE id = ?",
            [Data(other.verificationKey.pkcs1DER()), replaced.rawValue])
        if withThumbprint {
            try edit(
                "UPDATE signing_key SET thumbprint = ? WHERE id = ?",
                [Data(other.verificationKey.thumbprintBytes()), replaced.rawValue])
            #expect(try await findings() == ["a's key \(replaced) is not the one that was stored: delete it"])
        } else {
            #expect(
                try await findings() == [
                    """
                    table signing_key, row '\(replaced)': the key \(replaced) of the account a is not the one that was \
                    stored: delete it
                    """
                ])
            await #expect(throws: StoreError(.corrupt, "")) { try await store.archive() }
        }
        try await store.delete(replaced)
        #expect(try await findings().isEmpty)
    }

    @Test(
        "is found by what it says of a key",
        arguments: [
            ("id = '1111'", ["a's key 1111 was not added by this program: delete it", "the key ID, which"]),
            ("origin = 'imported'", ["a's key ID has another origin than"]),
            (
                "origin = 'service'",
                ["the private half of a's key ID is missing: delete the key", "a's key ID has another origin than"]
            ),
            ("created = created + 1", ["a's key ID has another time of creation than"]),
        ])
    func key(edit: String, contradictions: [String]) async throws {
        let id = try #require(try await store.ids().first)
        try self.edit("UPDATE signing_key SET \(edit) WHERE id = ?", [id.rawValue])
        let found = try await findings().map { $0.replacing(id.rawValue, with: "ID") }
        #expect(found.count == contradictions.count, "\(found)")
        for (line, start) in zip(found, contradictions) { #expect(line.hasPrefix(start)) }
    }

    @Test("is found by a key that was put beside the others")
    func plantedKey() async throws {
        let key = try Sample.publicKey(id: KeyID("planted"))
        try edit(
            """
            INSERT INTO signing_key (version, id, account, thumbprint, public_key, origin, created)
            VALUES (2, 'planted', 'a', ?, ?, 'created', 1)
            """, [Data(key.thumbprintBytes()), Data(key.pkcs1DER())])
        try edit("INSERT INTO change (kind, key) SELECT 'added', position FROM signing_key WHERE id = 'planted'")
        #expect(try await findings() == ["a's key planted was not added by this program: delete it"])
    }

    @Test("is found by a deleted key that is valid again, with its change or without")
    func revived() async throws {
        let id = try #require(try await store.ids().first)
        try await store.delete(id)
        #expect(try await findings().isEmpty)
        try edit("UPDATE signing_key SET revoked = NULL WHERE id = ?", [id.rawValue])
        #expect(
            try await findings() == [
                "table change, row '4': the value of `time` cannot be read",
                "a's key \(id) was deleted, and is valid again: delete it",
            ])
        try edit("DELETE FROM change WHERE kind = 'revoked'")
        #expect(try await findings() == ["a's key \(id) was deleted, and is valid again: delete it"])
    }

    @Test("is found by a deleted key that is gone, and could come back")
    func forgotten() async throws {
        let id = try #require(try await store.ids().first)
        try await store.delete(id)
        try edit("DELETE FROM change WHERE key = (SELECT position FROM signing_key WHERE id = ?)", [id.rawValue])
        try edit("DELETE FROM signing_key WHERE id = ?", [id.rawValue])
        let found = try await findings()
        #expect(found.contains("the key \(id), which the audit log knows, is missing"))
        #expect(found.contains("the deleted key \(id) could be imported again"))
    }

    @Test("is found by a state that no change says, and by counts")
    func statesAndCounts() async throws {
        let id = try #require(try await store.ids().first)
        try edit(
            "INSERT INTO key_state (key, enabled) SELECT position, 0 FROM signing_key WHERE id = ?", [id.rawValue])
        try edit("INSERT INTO revocation_count VALUES ('a', -5)")
        try edit("INSERT INTO compacted_count VALUES ('b', 7)")
        try edit("INSERT INTO compacted_key VALUES (4711)")
        #expect(
            try await findings() == [
                "the account a has 0 revocations, and the database counts -5",
                "the account b has 0 compacted keys, and the database counts 7",
                "the fingerprints of deleted keys are others than their compaction has left",
                "the changes do not lead to the state of the key \(id)",
                "the key \(id) has a state without a change that says so",
            ])
    }

    @Test("is found by every fault, not only by the first, with the table and the row")
    func all() async throws {
        let id = try #require(try await store.ids().first)
        let credential = try #require(try await store.credentials().first)
        try edit("UPDATE credential SET role = 'admin' WHERE id = ?", [credential.id.rawValue])
        try edit("UPDATE signing_key SET origin = 'found' WHERE id = ?", [id.rawValue])
        try edit("UPDATE signing_key SET sealed = x'00' WHERE sealed IS NOT NULL")
        try edit("UPDATE credential SET role = 'write' WHERE role = 'read' AND account = 'b'")
        let found = try await findings()
        #expect(found.count == 4, "\(found)")
        #expect(found[0] == "table signing_key, row '\(id)': the value of `origin` cannot be read")
        #expect(
            found[1] == "table credential, row '\(credential.id.rawValue)': the value of `role` cannot be read")
        #expect(found[2].contains("is not a sealed key"))
        #expect(found[3].contains("was changed in the database"))
    }

    @Test("is found by a log that is empty or cannot be read")
    func log() async throws {
        try edit("DROP TRIGGER audit_event_is_final; DROP TRIGGER audit_event_stays")
        try edit("UPDATE audit_event SET action = 'slept' WHERE sequence = 1")
        #expect(try await findings().map { $0.hasPrefix("the audit log cannot be read") } == [true])
        try edit("DELETE FROM audit_event")
        #expect(try await findings() == ["the audit log is empty: restore it from a backup"])
    }

    @Test("is found by the account of a key")
    func account() async throws {
        let moved = try #require(try await store.ids().first)
        try edit("UPDATE signing_key SET account = 'b' WHERE id = ?", [moved.rawValue])
        #expect(try await findings() == ["b's key \(moved) was stored for a: delete it"])
    }

    @Test(
        "is found by what is sealed",
        arguments: [("NULL", false), ("x''", false), ("x'00112233'", false), ("randomblob(1300)", true)])
    func sealed(half: String, needsKey: Bool) async throws {
        try edit("UPDATE signing_key SET sealed = \(half) WHERE sealed IS NOT NULL")
        let found = try await findings()
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
        #expect(try await findings().map { $0.contains("belongs to another key") } == [true])
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
