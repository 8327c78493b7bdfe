import Testing

@testable import StreamSigning

/// A set against lists that are searched from end to end.
@Suite("Sets of revocations, at random")
struct RevocationSetPropertyTests {
    private struct Model {
        /// By viewer.
        var revocations: [String: [Revocation]] = [:]

        var count: Int { revocations.values.reduce(0) { $0 + $1.count } }

        func refusing(_ viewer: String, issuedAt: NumericDate?, at now: NumericDate) -> [Revocation] {
            revocations[viewer, default: []].filter { revocation in
                guard revocation.until > now, let issuedBefore = revocation.issuedBefore else { return false }
                return issuedAt.map { $0 < issuedBefore } ?? true
            }
        }
    }

    /// Few subjects make long runs of one, many make the tree deep.
    @Test("decide as the lists do after every change", arguments: [1, 3, 40, 5_000], [1, 2] as [UInt64])
    func decisions(subjects: Int, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var (model, set) = (Model(), RevocationSet())
        var now = ForgedToken.now
        for _ in 0..<60 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                var additions: [Revocation] = []
                for _ in 0..<Int.random(in: 1...300, using: &random) {
                    additions.append(try revocation(subjects, now: now, using: &random))
                }
                for addition in additions { model.revocations[addition.subject.id, default: []].append(addition) }
                set.insert(contentsOf: additions)
            case 6..<8:
                for _ in 0..<100 {
                    guard let viewer = model.revocations.keys.min(), let lifted = model.revocations[viewer]?.popLast()
                    else { break }
                    if model.revocations[viewer]?.isEmpty == true { model.revocations[viewer] = nil }
                    set.remove(lifted.id, of: lifted.subject)
                }
            case 8:
                now = now + .seconds(Int.random(in: 0...30, using: &random))
            default:
                model.revocations = model.revocations.mapValues { $0.filter { $0.until > now } }
                    .filter { !$0.value.isEmpty }
                set.removeEnded(at: now)
            }
            #expect(set.count == model.count)
            for _ in 0..<100 {
                let viewer = "viewer-\(Int.random(in: 0..<subjects, using: &random))"
                let issuedAt: NumericDate? =
                    random.once(in: 5) ? nil : now - .seconds(Int.random(in: -5...60, using: &random))
                let found = set.revocation(of: RevocableClaims(viewer: viewer, issuedAt: issuedAt), at: now)
                let refusing = model.refusing(viewer, issuedAt: issuedAt, at: now)
                #expect((found == nil) == refusing.isEmpty)
                if let found { #expect(refusing.contains(found)) }
            }
        }
    }

    private func revocation(
        _ subjects: Int, now: NumericDate, using random: inout SeededGenerator
    ) throws -> Revocation {
        let subject = try RevocationSubject(.viewer, "viewer-\(Int.random(in: 0..<subjects, using: &random))")
        let request = RevocationRequest(
            subject, issuedBefore: now - .seconds(Int.random(in: 0...40, using: &random)),
            until: now + .seconds(Int.random(in: 1...60, using: &random)))
        return try request.revocation(id: .random(), at: now)
    }
}
