import Foundation
import GRDB
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningAPI
@testable import StreamSigningSQLite
@testable import StreamSigningStore

@Suite("Credentials")
struct CredentialsTests {
    @Test("are recognised as long as they are not revoked")
    func authenticate() async throws {
        let store = MemoryKeyStore()
        let credentials = try await CredentialIndex(store: store)
        let new = try NewCredential(account: Sample.account(), role: .read, at: Sample.time)
        let text = Array(new.secret.reveal().utf8)
        try await store.insert(new.stored, audit: Sample.event(.credentialCreated))
        #expect(credentials.authenticate(text) == nil, "not read yet")
        try await credentials.refresh()
        let principal = try #require(credentials.authenticate(text))
        #expect(
            principal.credential == new.stored.id && principal.account == Sample.account()
                && principal.role == .read)
        let wrongs: [[UInt8]] = [
            Array(text.dropLast()), text + [0x41] as [UInt8], Array(text.reversed()), [],
            Array(new.stored.id.rawValue.utf8),
        ]
        for wrong in wrongs {
            #expect(credentials.authenticate(wrong) == nil)
        }
        #expect(credentials.authenticate(new.stored.hash) == nil, "the hash that is stored opens nothing")
        #expect(credentials.authenticate([UInt8](repeating: 0x41, count: 1 << 20)) == nil)
        try await store.revoke(new.stored.id, at: Sample.time, audit: Sample.event(.credentialRevoked))
        try await credentials.refresh()
        #expect(credentials.authenticate(text) == nil)
    }

    @Test("that cannot be read are refused alone, and named in the log")
    func unreadable() async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data)
        let new = try (0..<3).map { _ in try NewCredential(account: Sample.account(), role: .read, at: Sample.time) }
        for credential in new { try await store.insert(credential.stored, audit: Sample.event(.credentialCreated)) }
        let log = LogRecorder()
        let credentials = try await CredentialIndex(store: store, logger: log.logger)
        let damaged = new[1].stored.id.rawValue
        try raw(folder) {
            try $0.execute(sql: "UPDATE credential SET role = 'admin' WHERE id = ?", arguments: [damaged])
        }
        try await store.revoke(new[2].stored.id, at: Sample.time, audit: Sample.event(.credentialRevoked))
        try await credentials.refresh()
        let valid = new.map { credentials.authenticate($0.secret.reveal().utf8) != nil }
        #expect(valid == [true, false, false], "changes of the others are still followed")
        #expect(
            log.lines == [
                """
                error a credential cannot be read, and is refused error=table credential, row '\(damaged)': the value of \
                `role` cannot be read
                """
            ])
        await #expect(throws: StoreError(.corrupt, "")) { try await store.credentials() }
    }

    @Test("allow what their role and account say")
    func roles() throws {
        let (mine, other) = (Sample.account(), Sample.account("b"))
        let id = CredentialID(rawValue: "1")
        let reader = Principal(credential: id, account: mine, role: .read)
        let writer = Principal(credential: id, account: mine, role: .write)
        #expect(reader.may(.read, in: mine) && writer.may(.read, in: mine))
        #expect(!reader.may(.write, in: mine) && writer.may(.write, in: mine))
        #expect(!reader.may(.read, in: other) && !writer.may(.write, in: other))
    }

    @Test("have a form that scanners know, and never repeat")
    func form() throws {
        let secrets = try (0..<50).map { _ in
            try NewCredential(account: Sample.account(), role: .write, at: Sample.time)
        }
        #expect(Set(secrets.map { $0.secret.reveal() }).count == 50 && Set(secrets.map(\.stored.id)).count == 50)
        let form = /ss_[A-Za-z0-9_-]{43}/
        #expect(secrets.allSatisfy { $0.secret.reveal().wholeMatch(of: form) != nil })
    }

    @Test("of another process are noticed when they are made and when they are revoked")
    func otherProcess() async throws {
        let folder = try ScratchFolder()
        let (service, cli) = (try SQLiteKeyStore(in: folder.data), try SQLiteKeyStore(in: folder.data))
        let credentials = try await CredentialIndex(store: service, interval: .milliseconds(10))
        let follower = Task { try await credentials.run() }
        defer { follower.cancel() }
        let new = try NewCredential(account: Sample.account(), role: .write, at: Sample.time)
        let text = Array(new.secret.reveal().utf8)
        try await cli.insert(new.stored, audit: Sample.event(.credentialCreated))
        #expect(try await within(.seconds(60)) { credentials.authenticate(text) != nil })
        try await cli.revoke(new.stored.id, at: Sample.time, audit: Sample.event(.credentialRevoked))
        #expect(try await within(.seconds(60)) { credentials.authenticate(text) == nil })
        #expect(!(try folder.everything().contains(text[3...])), "the secret is in no file")
    }

    @Test("are read again after a store that did not answer")
    func failingStore() async throws {
        let store = FailingKeyStore(MemoryKeyStore())
        let credentials = try await CredentialIndex(store: store)
        let new = try NewCredential(account: Sample.account(), role: .write, at: Sample.time)
        try await store.insert(new.stored, audit: Sample.event(.credentialCreated))
        for call in 1...2 {
            store.fail(atCall: call)
            await #expect(throws: StoreError(.unavailable, "")) { try await credentials.refresh() }
            #expect(credentials.authenticate(new.secret.reveal().utf8) == nil)
        }
        try await credentials.refresh()
        #expect(credentials.authenticate(new.secret.reveal().utf8) != nil)
        store.fail(atCall: 1)
        await #expect(throws: StoreError(.unavailable, "")) { try await credentials.refresh() }
        #expect(credentials.authenticate(new.secret.reveal().utf8) != nil, "what was known stays good")
    }

    @Test("are made on first start only")
    func firstStart() async throws {
        let store = MemoryKeyStore()
        let first = try #require(try await FirstStart.credential(in: store, at: Sample.time))
        #expect(first.stored.role == .write && first.stored.account.rawValue.utf8.count == 32)
        #expect(try await FirstStart.credential(in: store, at: Sample.time) == nil)
        try await store.revoke(first.stored.id, at: Sample.time, audit: Sample.event(.credentialRevoked))
        #expect(try await FirstStart.credential(in: store, at: Sample.time) == nil, "what was closed stays closed")
    }

    private func within(_ limit: Duration, _ holds: () -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if holds() { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return holds()
    }
}
