import Testing

@testable import StreamSigning

/// Two subjects with one hash, which no test of a set can make.
@Suite("Leaves of a set of revocations")
struct RevocationLeafTests {
    private let now = ForgedToken.now

    private func leaf(_ revoked: [Revoked]) throws -> RevocationLeaf {
        let revocations = try revoked.map { try $0.make() }
        return RevocationLeaf.empty.inserting(RevocationAdditions(revocations, of: .token) { _ in 7 })
    }

    private func match(_ leaf: RevocationLeaf, _ id: String, hash: UInt32 = 7, at time: NumericDate) -> String? {
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
        let hashes: [UInt32] = [0x0F, 0x1F << 24, 0x10 << 24, 0xF0 << 24, 0xFF << 24]
        let counts = try leaf(hashes).split(depth: 0).map(\.count)
        #expect(counts == [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
        #expect(RevocationLeaf(joining: try leaf(hashes).split(depth: 0)).count == 5)
        let last = try leaf([0xABCD_EF00, 0xABCD_EF0F, 0xABCD_EF0F]).split(depth: 7).map(\.count)
        #expect(last == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
    }

    /// Of a token for each hash.
    private func leaf(_ hashes: [UInt32]) throws -> RevocationLeaf {
        let revocations = try hashes.indices.map { try Revoked.token("\($0)").make() }
        let additions = RevocationAdditions(revocations, of: .token) { id in Int(id).map { hashes[$0] } ?? 0 }
        return RevocationLeaf.empty.inserting(additions)
    }

    @Test("hand back every time and text, at the bounds of what there can be")
    func extremes() throws {
        let long = String(repeating: "é", count: 127)
        for created: NumericDate in [.earliest, -1, 0, now, .latest - Revocation.maximumLifetime] {
            for (lifetime, reason): (Duration, String?) in [
                (.milliseconds(1), nil), (Revocation.maximumLifetime, long), (Revocation.maximumLifetime, nil),
            ] {
                let revocations = try ["a", long, "b"].map { id in
                    try Revocation(
                        id: .random(), subject: RevocationSubject(.token, id), issuedBefore: nil,
                        until: created + lifetime, created: created, reason: reason?.prefix(100).description)
                }
                let leaf = RevocationLeaf.empty.inserting(RevocationAdditions(revocations, of: .token))
                #expect(Set((0..<3).map { leaf.revocation($0, kind: .token) }) == Set(revocations))
            }
        }
    }
}
