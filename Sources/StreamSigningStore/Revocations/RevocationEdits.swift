package import StreamSigning

/// Revocations that are added and lifted, collected by account: a set takes many at once for little more than the price of
/// one.
package struct RevocationEdits: Sendable {
    private enum Edit {
        case add(Revocation)
        case lift(RevocationID, RevocationSubject)
    }

    private var edits: [AccountID: [Edit]] = [:]
    /// How many there are.
    package private(set) var count = 0

    /// Nothing to do.
    package init() {}

    package mutating func add(_ revocation: Revocation, of account: AccountID) {
        edits[account, default: []].append(.add(revocation.withoutReason))
        count += 1
    }

    package mutating func lift(_ revocation: Revocation, of account: AccountID) {
        edits[account, default: []].append(.lift(revocation.id, revocation.subject))
        count += 1
    }

    /// The accounts that they are about.
    package var accounts: [AccountID] { Array(edits.keys) }

    /// Whether something is added to an account's revocations.
    package func adds(to account: AccountID) -> Bool {
        edits[account]?.contains { if case .add = $0 { true } else { false } } ?? false
    }

    /// Does to `set` what was collected for an account, in order.
    package func apply(to set: inout RevocationSet, of account: AccountID) {
        var additions: [Revocation] = []
        for edit in edits[account] ?? [] {
            switch edit {
            case .add(let revocation): additions.append(revocation)
            case .lift(let id, let subject):
                set.insert(contentsOf: additions)
                additions = []
                set.remove(id, of: subject)
            }
        }
        set.insert(contentsOf: additions)
    }
}
