import Foundation
import GRDB
import NIOCore
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningSQLite
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
        Set(try KeySet(importing: publication.text.readableBytesView).keys.map(\.id))
    }

    @Test("are empty for an account without keys")
    func empty() async throws {
        let published = PublishedKeySets(store: store, ring: try await KeyRing(store.snapshot())) { Sample.time }
        #expect(try await published.keySet(of: Sample.account()).text == ByteBuffer(string: #"{"keys":[]}"#))
    }

    @Test("hold the account's keys that are not deleted, under a tag that changes with them")
    func changes() async throws {
        let ring = try await KeyRing(store.snapshot())
        let published = PublishedKeySets(store: store, ring: ring) { Sample.time }
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

    @Test("leave a damaged key out, and the log names it", arguments: [false, true])
    func damaged(isAnother: Bool) async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data)
        let keys = [try Sample.key(), try Sample.key()]
        for key in keys { try await store.add(key) }
        let other = try Sample.publicKey().pkcs1DER()
        try raw(folder) { db in
            try db.execute(
                sql: "UPDATE signing_key SET public_key = ? WHERE id = ?",
                arguments: [isAnother ? Data(other) : Data([0x30, 0]), keys[0].key.id.rawValue])
        }
        let log = LogRecorder()
        let published = PublishedKeySets(
            store: store, ring: try await KeyRing(store.snapshot()), logger: log.logger
        ) { Sample.time }
        #expect(try await ids(published.keySet(of: Sample.account())) == [keys[1].key.id])
        #expect(log.lines.count == 1 && log.lines[0].contains("key=\(keys[0].key.id)"))
        await #expect(throws: StoreError(.corrupt, "")) {
            try await store.verificationKey(keys[0].key.id, of: Sample.account())
        }
    }

    @Test("are read from the store once for each change of the account's own keys")
    func cached() async throws {
        let ring = try await KeyRing(store.snapshot())
        let published = PublishedKeySets(store: store, ring: ring) { Sample.time }
        let key = try Sample.key()
        try await add(key, to: ring)
        let before = store.calls
        for _ in 0..<3 { _ = try await published.keySet(of: Sample.account()) }
        #expect(store.calls == before + 1)
        // Neither another account's change, nor hearing of one's own again.
        ring.revoke(try Sample.unknownID, of: Sample.account("b"))
        ring.add(key.key, of: Sample.account())
        _ = try await published.keySet(of: Sample.account())
        #expect(store.calls == before + 1)
        ring.revoke(key.key.id, of: Sample.account())
        _ = try await published.keySet(of: Sample.account())
        #expect(store.calls == before + 2)
    }

    @Test("are made once, however many ask at once, and are the same bytes for all")
    func herd() async throws {
        let ring = try await KeyRing(store.snapshot())
        let published = PublishedKeySets(store: store, ring: ring) { Sample.time }
        for _ in 0..<20 { try await add(try Sample.key(), to: ring) }
        let before = store.calls
        let publications = try await withThrowingTaskGroup(of: PublishedKeySets.Publication.self) { group in
            for _ in 0..<1_000 { group.addTask { try await published.keySet(of: Sample.account()) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(store.calls == before + 1)
        let places = Set(publications.map { $0.text.withUnsafeReadableBytes { UInt(bitPattern: $0.baseAddress) } })
        #expect(places.count == 1 && publications.count == 1_000)
    }

    @Test("of accounts that nobody has heard of are read each time, and take no room")
    func strangers() async throws {
        let ring = try await KeyRing(store.snapshot())
        let published = try PublishedKeySets(store: store, ring: ring, limit: 2 * cost) { Sample.time }
        try await add(try Sample.key(), to: ring)
        _ = try await published.keySet(of: Sample.account())
        let before = store.calls
        for name in ["x", "x", "y", "z"] {
            #expect(try await published.keySet(of: Sample.account(name)).text == ByteBuffer(string: #"{"keys":[]}"#))
        }
        #expect(store.calls == before + 4)
        _ = try await published.keySet(of: Sample.account())
        #expect(store.calls == before + 4)
    }

    /// Of a set of one key of 2048 bits with an id of 32 characters.
    private var cost: Int {
        get throws {
            try KeySet([try Sample.publicKey()]).jwks().utf8.count + PublishedKeySets.overhead
        }
    }

    @Test("are kept up to the limit, and one byte more is read each time", arguments: [(0, 1), (1, 2)])
    func limit(excess: Int, reads: Int) async throws {
        let ring = try await KeyRing(store.snapshot())
        let published = try PublishedKeySets(store: store, ring: ring, limit: cost - excess) { Sample.time }
        try await add(try Sample.key(), to: ring)
        let before = store.calls
        for _ in 0..<2 { _ = try await published.keySet(of: Sample.account()) }
        #expect(store.calls == before + reads)
    }

    @Test("make room for one account by dropping another")
    func room() async throws {
        let ring = try await KeyRing(store.snapshot())
        let published = try PublishedKeySets(store: store, ring: ring, limit: 2 * cost - 1) { Sample.time }
        for name in ["a", "b"] { try await add(try Sample.key(of: Sample.account(name)), to: ring) }
        _ = try await published.keySet(of: Sample.account("a"))
        _ = try await published.keySet(of: Sample.account("b"))
        let before = store.calls
        _ = try await published.keySet(of: Sample.account("b"))
        #expect(store.calls == before)
        _ = try await published.keySet(of: Sample.account("a"))
        #expect(store.calls == before + 1)
    }

    @Test("drop a key in the second in which it is disabled or expires, and take it back")
    func states() async throws {
        let ring = try await KeyRing(store.snapshot())
        let clock = ManualClock(now: Sample.time)
        let published = PublishedKeySets(store: store, ring: ring) { clock.now }
        let (good, other) = (try Sample.key(), try Sample.key())
        for key in [good, other] { try await add(key, to: ring) }
        func shown() async throws -> Set<KeyID> { try ids(try await published.keySet(of: Sample.account())) }
        #expect(try await shown() == [good.key.id, other.key.id])
        var number = ChangeNumber(rawValue: 3)
        func set(_ state: KeyState) {
            ring.set(state, of: other.key.id, in: Sample.account(), at: number)
            number = ChangeNumber(rawValue: number.rawValue + 1)
        }
        set(KeyState(isEnabled: false))
        #expect(try await shown() == [good.key.id])
        set(KeyState(expires: Sample.time + .seconds(60)))
        clock.advance(by: .seconds(59))
        #expect(try await shown() == [good.key.id, other.key.id])
        clock.advance(by: .seconds(1))
        #expect(try await shown() == [good.key.id])
        set(KeyState())
        #expect(try await shown() == [good.key.id, other.key.id])
    }
}
