import StreamSigning
import StreamSigningStore
import Synchronization

/// The revocations of all accounts. One account's have no part in another's decisions.
final class RevocationRegistry: Sendable {
    private let accounts: Mutex<[AccountID: AccountRevocations]>

    init(_ sets: [AccountID: RevocationSet]) {
        accounts = Mutex(sets.mapValues { AccountRevocations($0) })
    }

    /// Those of an account; the same object for as long as the ring lives.
    subscript(account: AccountID) -> AccountRevocations {
        accounts.withLock { accounts in
            if let known = accounts[account] { return known }
            let new = AccountRevocations()
            accounts[account] = new
            return new
        }
    }

    /// How many there are, those included that have ended a moment ago.
    var count: Int { all.reduce(0) { $0 + $1.current.count } }

    /// One caller at a time.
    func apply(_ edits: RevocationEdits) {
        for account in edits.accounts {
            self[account].change(adding: edits.adds(to: account)) { edits.apply(to: &$0, of: account) }
        }
    }

    /// Takes over what a store holds that may have lost changes: none that is known here is given up, and one that was lifted
    /// counts again if the store has lost that. One caller at a time.
    func join(_ sets: [AccountID: RevocationSet]) {
        for (account, set) in sets {
            self[account].change(adding: true) { known in
                let present = known.revocations
                known = set
                known.insert(contentsOf: present)
            }
        }
    }

    /// One caller at a time.
    func removeEnded(at now: NumericDate) {
        for revocations in all where !revocations.current.isEmpty {
            revocations.change(adding: false) { $0.removeEnded(at: now) }
        }
    }

    private var all: [AccountRevocations] { accounts.withLock { Array($0.values) } }
}
