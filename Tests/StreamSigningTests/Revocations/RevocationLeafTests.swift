import Testing

@testable import StreamSigning

/// Two subjects with one hash, which no test of a set can make.
@Suite("Leaves of a set of revocations")
struct RevocationLeafTests {
    private let now = ForgedToken.now

    private func leaf(_ revoked: [Revoked]) throws -> RevocationLeaf {
        let additions = try revoked.map { RevocationLeaf.Addition(try $0.make(), hash: 7) }
        return RevocationLeaf.empty.inserting(additions.sorted()[...])
    }

    private func match(_ leaf: RevocationLeaf, _ id: String, hash: UInt64 = 7, at time: NumericDate) -> String? {
        var id = id
        let index = id.withUTF8 { leaf.firstMatch(hash: hash, id: $0, issuedAt: nil, at: time) }
        return index.map { leaf.revocation($0, kind: .token).subject.id }
    }

    @Test("tell apart subjects whose hash is the same")
    func collision() throws {
        let ids = ["b", "a", "ab", "ba", "aa", "abc", "c"]
        let leaf = try leaf(ids.map { Revoked.token($0) })
        for id in ids {
            #expect(match(leaf, id, at: now) == id)
            #expect(match(leaf, id, hash: 6, at: now) == nil && match(leaf, id, hash: 8, at: now) == nil)
        }
        for id in ["", "d", "bb", "aaa", "abcd"] { #expect(match(leaf, id, at: now) == nil) }
    }

    @Test("take the ends of one subject for its own alone")
    func ends() throws {
        let leaf = try leaf([
            .token("a").until(now + .seconds(10)), .token("b").until(now + .seconds(20)),
            .token("c").until(now + .seconds(10)), .token("b").until(now + .seconds(5)),
        ])
        let time = now + .seconds(10)
        #expect(match(leaf, "a", at: time) == nil && match(leaf, "c", at: time) == nil)
        #expect(match(leaf, "b", at: time) == "b" && match(leaf, "b", at: now + .seconds(20)) == nil)
    }

    @Test("are split by the bits that decide at their depth, in order")
    func splitting() throws {
        let hashes: [UInt64] = [0x0F, 0x1F << 56, 0x10 << 56, 0xF0 << 56, 0xFF << 56]
        let additions = try hashes.map { RevocationLeaf.Addition(try Revoked.token("\($0)").make(), hash: $0) }
        let leaf = RevocationLeaf.empty.inserting(additions.sorted()[...])
        let counts = leaf.split(depth: 0).map(\.count)
        #expect(counts == [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
        #expect(RevocationLeaf(joining: leaf.split(depth: 0)).count == 5)
        #expect(leaf.split(depth: 15).map(\.count).first == 4)
    }
}
