import StreamSigning
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningStore

@Suite("The sequence of changes")
struct ChangeSequenceTests {
    private func sequence(after start: Int64 = 0, _ changes: [(Int64, StoreChange.Content)]) throws -> ChangeSequence {
        var sequence = ChangeSequence(after: ChangeNumber(rawValue: start))
        for (number, content) in changes {
            try sequence.append(
                StoreChange(
                    number: ChangeNumber(rawValue: number), account: .all, content: content, time: Sample.time))
        }
        return sequence
    }

    private let revoked = StoreChange.Content(kind: .keyRevoked, subject: "key")
    private let compacted = StoreChange.Content.compacted([:], count: 2)

    @Test("is complete without gaps, from any number on")
    func complete() throws {
        #expect(try sequence([]).isComplete)
        #expect(try sequence([(1, revoked), (2, revoked)]).isComplete)
        let later = try sequence(after: 7, [(8, revoked), (9, revoked)])
        #expect(later.isComplete && later.number.rawValue == 9 && later.missing == 0)
    }

    @Test("is not complete with a gap, until a compaction after it accounts for it")
    func gaps() throws {
        let gap = try sequence([(2, revoked), (3, revoked)])
        #expect(!gap.isComplete)
        #expect(throws: StoreError(.corrupt, "")) { try gap.requireComplete() }
        #expect(try !sequence([(1, compacted), (3, revoked)]).isComplete)
        #expect(try !sequence(after: 4, [(6, revoked)]).isComplete)
        let closed = try sequence([(2, revoked), (5, revoked), (7, compacted), (8, revoked)])
        #expect(closed.isComplete && closed.missing == 4)
        #expect(try !sequence([(2, revoked), (5, compacted), (7, revoked)]).isComplete)
    }

    @Test("refuses a change that comes twice, or too late", arguments: [[1, 1], [2, 1], [0], [-1], [3, 2]])
    func order(numbers: [Int64]) {
        #expect(throws: StoreError(.corrupt, "")) { try sequence(numbers.map { ($0, compacted) }) }
    }
}
