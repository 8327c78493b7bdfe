/// Watches that changes come in their order and that none is missing, except those that a compaction accounts for.
///
/// Numbers have no gaps when they are given. A compaction removes changes of deleted keys, and leaves one change of its own at
/// the number of the last of them. So whatever is missing before such a change is accounted for by it; a gap after the last
/// one is a change that was lost. A change may also stand for others, and says for which (``StoreChange/first``).
package struct ChangeSequence: Sendable {
    /// The last change.
    package private(set) var number: ChangeNumber
    /// How many numbers were passed over.
    package private(set) var missing: Int64 = 0
    /// The first number that is missing and not accounted for yet.
    private var gap: ChangeNumber?

    /// - Parameter number: the last change that is known.
    package init(after number: ChangeNumber) {
        self.number = number
    }

    /// Takes note of the next change.
    /// - Throws: ``StoreError``: `corrupt` if it does not come after those before.
    package mutating func append(_ change: StoreChange) throws(StoreError) {
        let skipped = change.first.rawValue - number.rawValue - 1
        guard change.number > number else {
            throw StoreError(.corrupt, "change \(change.number.rawValue) comes after change \(number.rawValue)")
        }
        if skipped > 0, gap == nil { gap = ChangeNumber(rawValue: number.rawValue + 1) }
        missing += max(0, skipped)
        number = change.number
        if change.content.kind == .keysCompacted { gap = nil }
    }

    /// Whether everything that is missing is accounted for.
    package var isComplete: Bool { gap == nil }

    /// - Throws: ``StoreError``: `corrupt` if a change is missing.
    package func requireComplete() throws(StoreError) {
        guard let gap else { return }
        throw StoreError(.corrupt, "change \(gap.rawValue) is missing")
    }
}
