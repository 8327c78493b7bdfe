import StreamSigning
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("Published key sets")
struct PublishedKeySetsTests {
    private let store = FailingKeyStore(MemoryKeyStore())

    /// Adds a key to the store and, as the operations do, to the ring.
    private func add(_ key: StoredKey, to ring: KeyRing) async throws {
        try await store.add(key)
        ring.add(key.key, of: key.account)
    }

    private func ids(_ publication: PublishedKeySets.Publication) throws -> Set<KeyID> {
        Set(try KeySet(importing: publication.text).keys.map(\.id))
    }

    @Test("are empty for an account without keys")
    func empty() async throws {
        let published = PublishedKeySets(store: store, ring: try await KeyRing(store.snapshot()))
        #expect(try await published.keySet(of: Sample.account()).text == #"{"keys":[]}"#)
    }

    @Test("hold the account's keys that are not deleted, under a tag that changes with them")
    func changes() async throws {
        let ring = try await KeyRing(store.snapshot())
        let published = PublishedKeySets(store: store, ring: ring)
        let (first, second) = (try Sample.key(), try Sample.key())
        try await add(first, to: ring)
        try await add(try Sample.key(of: Sample.account("b")), to: ring)
        let one = try await published.keySet(of: Sample.account())
        #expect(try ids(one) == [first.key.id])
        try await add(second, to: ring)
        let two = try await published.keySet(of: Sample.account())
        #expect(try ids(two) == [first.key.id, second.key.id] && two.tag != one.tag)
        try await store.delete(second.key.id)
        ring.revoke(second.key.id, of: Sample.account())
        let three = try await published.keySet(of: Sample.account())
        #expect(three.text == one.text && three.tag == one.tag)
    }

    @Test("are read from the store once for each change of a key")
    func cached() async throws {
        let ring = try await KeyRing(store.snapshot())
        let published = PublishedKeySets(store: store, ring: ring)
        try await add(try Sample.key(), to: ring)
        let before = store.calls
        for _ in 0..<3 { _ = try await published.keySet(of: Sample.account()) }
        #expect(store.calls == before + 1)
        ring.revoke(try Sample.unknownID, of: Sample.account("b"))
        _ = try await published.keySet(of: Sample.account())
        #expect(store.calls == before + 2)
    }

    @Test("are kept up to the limit, and one byte more is read each time", arguments: [(0, 1), (1, 2)])
    func limit(excess: Int, reads: Int) async throws {
        let ring = try await KeyRing(store.snapshot())
        let cost = #"{"keys":[]}"#.utf8.count + PublishedKeySets.overhead
        let published = PublishedKeySets(store: store, ring: ring, limit: cost - excess)
        let before = store.calls
        for _ in 0..<2 { _ = try await published.keySet(of: Sample.account()) }
        #expect(store.calls == before + reads)
    }

    @Test("make room for one account by dropping the others")
    func room() async throws {
        let ring = try await KeyRing(store.snapshot())
        let cost = #"{"keys":[]}"#.utf8.count + PublishedKeySets.overhead
        let published = PublishedKeySets(store: store, ring: ring, limit: 2 * cost - 1)
        _ = try await published.keySet(of: Sample.account("a"))
        _ = try await published.keySet(of: Sample.account("b"))
        let before = store.calls
        _ = try await published.keySet(of: Sample.account("b"))
        #expect(store.calls == before)
        _ = try await published.keySet(of: Sample.account("a"))
        #expect(store.calls == before + 1)
    }
}
