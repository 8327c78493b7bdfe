/// Changes that a store forgets, as runs of numbers: each run becomes one ``ChangeKind/changesEnded``.
package struct EndedChanges: Sendable, Equatable {
    /// Runs of numbers, in order; no two touch.
    package private(set) var runs: [ClosedRange<Int64>] = []

    /// - Parameter numbers: of the changes, in any order.
    package init(_ numbers: some Sequence<ChangeNumber>) {
        join(numbers.map { $0.rawValue...$0.rawValue })
    }

    /// Takes in what neighbouring changes stand for already.
    package mutating func join(_ neighbours: [ClosedRange<Int64>]) {
        var joined: [ClosedRange<Int64>] = []
        for run in (runs + neighbours).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, run.lowerBound <= last.upperBound + 1 {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, run.upperBound)
            } else {
                joined.append(run)
            }
        }
        runs = joined
    }
}

extension EndedChanges {
    /// What the row of a ``ChangeKind/changesEnded`` stands for; nil if it says so of no sound store.
    package static func run(upTo number: Int64, subject: String) -> ClosedRange<Int64>? {
        guard let first = Int64(subject), first > 0, first <= number else { return nil }
        return first...number
    }

    /// The change that stands for a run: the row of the run's last number.
    package static func content(of run: ClosedRange<Int64>) -> StoreChange.Content {
        .ended(from: ChangeNumber(rawValue: run.lowerBound))
    }
}
