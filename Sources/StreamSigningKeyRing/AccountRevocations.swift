package import StreamSigning
import StreamSigningStore
import Synchronization

/// The revocations of one account, which all of its keys share. A set is immutable and swapped as a whole.
package final class AccountRevocations: Sendable {
    private let state: Mutex<RevocationSet>
    private let additions: Atomic<Int>

    package init(_ set: RevocationSet = RevocationSet()) {
        state = Mutex(set)
        additions = Atomic(set.isEmpty ? 0 : 1)
    }

    /// A number that grows with every revocation that is added; 0 before the first. A token that no revocation named goes on being
    /// good as long as this stays the same: to know that takes one load.
    package var version: Int { additions.load(ordering: .acquiring) }

    /// The revocations of the moment.
    package var current: RevocationSet { state.withLock { $0 } }

    /// Puts another set in the place of this one. One caller at a time.
    func change(adding: Bool, _ body: (inout RevocationSet) -> Void) {
        // Made apart, so that readers wait for a swap only.
        var next = current
        body(&next)
        state.withLock { $0 = next }
        if adding { additions.add(1, ordering: .releasing) }
    }
}
