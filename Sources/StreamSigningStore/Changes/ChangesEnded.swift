extension ChangeKind {
    /// Stands for changes that mean nothing any more, because what they did has ended by itself.
    public static let changesEnded = ChangeKind(rawValue: "ended")
}

extension StoreChange.Content {
    /// Stands for the changes from `first` up to its own number, which mean nothing any more.
    static func ended(from first: ChangeNumber) -> Self {
        Self(kind: .changesEnded, subject: "\(first.rawValue)")
    }
}

/// A store forgets what has ended, and says so: a follower can tell a change that was forgotten from one that is missing.
enum ChangesEnded: ChangeRule {
    static let kind = ChangeKind.changesEnded
    static let isAboutKey = false

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        guard first(content) != nil else {
            throw StoreError(.corrupt, "a change stands for others and does not say which")
        }
    }

    fileprivate static func first(_ content: StoreChange.Content) -> ChangeNumber? {
        Int64(content.subject).flatMap { $0 > 0 ? ChangeNumber(rawValue: $0) : nil }
    }
}

extension StoreChange {
    /// The first change that this one stands for: itself, unless it is ``ChangeKind/changesEnded``.
    package var first: ChangeNumber {
        guard content.kind == .changesEnded, let first = ChangesEnded.first(content), first <= number else {
            return number
        }
        return first
    }

    /// Whether a follower who knows every change up to `known` misses none by going on with this one.
    package func follows(_ known: ChangeNumber) -> Bool {
        number > known && first.rawValue <= known.rawValue + 1
    }
}
