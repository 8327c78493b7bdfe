package import StreamSigning

/// The revocations of all accounts, while they are read one after another.
package struct RevocationSets: Sendable {
    private var sets: [AccountID: RevocationSet] = [:]
    private var edits = RevocationEdits()

    /// How many are collected before they go into the sets: each time, a large set is copied in good part.
    private static let batch = 32_768

    /// Without revocations.
    package init() {}

    package mutating func add(_ revocation: Revocation, of account: AccountID) {
        edits.add(revocation, of: account)
        if edits.count >= Self.batch { flush() }
    }

    package mutating func lift(_ revocation: Revocation, of account: AccountID) {
        edits.lift(revocation, of: account)
        if edits.count >= Self.batch { flush() }
    }

    /// The sets of the accounts that have revocations.
    package mutating func finish() -> [AccountID: RevocationSet] {
        flush()
        return sets
    }

    private mutating func flush() {
        for account in edits.accounts {
            var set = sets.removeValue(forKey: account) ?? RevocationSet()
            edits.apply(to: &set, of: account)
            if !set.isEmpty { sets[account] = set }
        }
        edits = RevocationEdits()
    }
}
