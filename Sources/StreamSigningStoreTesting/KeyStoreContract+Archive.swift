internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let archives: [Case] = [
        Case("an archive holds everything, and makes an empty store the same") { subject in
            let store = try await subject.open()
            let history = try await History(in: store)
            let archive = try await store.archive()
            try archive.check()
            try require(archive.keys.count == 4 && archive.changes.count == 5, "keys and tombstones")
            try require(
                archive.credentials.map { $0.revoked == nil } == [true, false], "credentials of both kinds")
            let copy = MemoryKeyStore()
            try await copy.restore(archive) { _, _ in }
            try require(try await copy.archive() == archive, "in another store all of it is the same")
            try require(try await copy.sealedKeys() == store.sealedKeys(), "sealed keys too")
            try await require(.keyExists, "the copy knows what was deleted") { () throws(StoreError) in
                try await copy.add(history.deleted)
            }
        },
        Case("an empty store takes over an archive, and goes on from there") { subject in
            let source = MemoryKeyStore()
            let history = try await History(in: source)
            let (archive, store) = (try await source.archive(), try await subject.open())
            try await store.restore(archive) { _, _ in }
            try require(try await store.archive() == archive, "all of it is the same")
            try require(Ring(try await store.snapshot()) == Ring(try await source.snapshot()), "what gates see too")
            try await require(.keyExists, "what was deleted stays taken") { () throws(StoreError) in
                try await store.add(history.deleted)
            }
            let next = try await store.add(try Sample.key())
            try require(next.rawValue == Int64(archive.changes.count) + 1, "numbers go on")
            let revision = try await store.credentialRevision()
            try await store.insert(try Sample.credential(), audit: Sample.event(.credentialCreated))
            try require(try await store.credentialRevision() > revision, "revisions too")
            try await store.archive().check()
        },
        Case("a store that holds something refuses an archive") { subject in
            let source = MemoryKeyStore()
            _ = try await History(in: source)
            let (archive, store) = (try await source.archive(), try await subject.open())
            try await store.append(Sample.event())
            let before = try await store.archive()
            try await require(.refused, "it is not empty") { () throws(StoreError) in
                try await store.restore(archive) { _, _ in }
            }
            try require(try await store.archive() == before, "nothing has changed")
        },
    ]

    /// A bit of everything that happens to a store.
    private struct History {
        let deleted: StoredKey

        init(in store: some KeyStore) async throws {
            try await store.name("m1")
            deleted = try Sample.key()
            try await store.add(try Sample.key())
            try await store.add(deleted)
            try await store.add(try Sample.serviceKey(of: Sample.account("b"), under: "m1"))
            try await store.delete(deleted.key.id)
            try await store.add(try Sample.key(of: Sample.account("b"), origin: .imported))
            let credentials = [try Sample.credential(), try Sample.credential(role: .read)]
            for credential in credentials {
                try await store.insert(credential, audit: Sample.event(.credentialCreated))
            }
            try await store.revoke(
                credentials[1].id, at: Sample.time, audit: Sample.event(.credentialRevoked))
        }
    }
}
