package import StreamSigning

/// Revocations that are added and lifted, collected by account: a set takes many at once for little more than the price of
/// one.
package struct RevocationEdits: Sendable {
    private struct AccountEdits {
        var additions: [Revocation] = []
        /// Each with how many of the additions came before it.
        var lifts: [(position: Int, id: RevocationID, subject: RevocationSubject)] = []
    }

    private var edits: [AccountID: AccountEdits] = [:]
    /// How many there are.
    package private(set) var count = 0

    /// Nothing to do.
    package init() {}

    package mutating func add(_ revocation: Revocation, of account: AccountID) {
        edits[account, default: AccountEdits()].additions.append(revocation.withoutReason)
        count += 1
    }

    package mutating func lift(_ revocation: Revocation, of account: AccountID) {
        let position = edits[account]?.additions.count ?? 0
        edits[account, default: AccountEdits()].lifts.append((position, revocation.id, revocation.subject))
        count += 1
    }

    /// The accounts that they are about.
    package var accounts: [AccountID] { Array(edits.keys) }

    /// Whether something is added to an account's revocations.
    package func adds(to account: AccountID) -> Bool {
        edits[account].map { !$0.additions.isEmpty } ?? false
    }

    /// Does to `set` what was collected for an account, in order.
    package func apply(to set: inout RevocationSet, of account: AccountID) {
        guard let edits = edits[account] else { return }
        var next = 0
        for lift in edits.lifts {
            set.insert(contentsOf: edits.additions[next..<lift.position])
            next = lift.position
            set.remove(lift.id, of: lift.subject)
        }
        set.insert(contentsOf: edits.additions[next...])
    }
}
