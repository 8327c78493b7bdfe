package import StreamSigning
package import StreamSigningStore
import Synchronization

/// The live keys and the revocations of all accounts: what the gate verifies with.
///
/// A change counts from the moment a call returns: a new key verifies, and no decision that begins afterwards trusts
/// a deleted one, nor a verdict that was kept with it. The same holds for a revocation.
package final class KeyRing: Sendable {
    private let published: Mutex<PublishedTable>
    /// Held by who makes the next table, so that readers wait for a swap only.
    private let writing = Mutex<Void>(())
    /// By account; none for one of which no key was ever heard.
    private let versions: Mutex<[AccountID: Int]>
    private let applied: Atomic<Int64>
    /// Rings when ``number`` has grown.
    package let bell = ChangeBell()
    /// Where the gate puts keys whose use has to be reported.
    package let uses = KeyUses()
    private let start = ContinuousClock.now
    /// Nanoseconds from `start` to the last moment at which the store is known to have had no other keys than these.
    private let confirmed = Atomic<Int64>(0)
    private let maximumAge: Duration?

    /// - Parameter maximumAge: how long the keys may go without confirmation by the store; nil for any time.
    package init(_ snapshot: KeySnapshot, maximumAge: Duration? = nil) {
        published = Mutex(PublishedTable(KeyTable(snapshot)))
        var versions: [AccountID: Int] = [:]
        for entry in snapshot.keys { versions[entry.account] = 1 }
        for entry in snapshot.revoked { versions[entry.account] = 1 }
        self.versions = Mutex(versions)
        applied = Atomic(snapshot.number.rawValue)
        self.maximumAge = maximumAge
    }

    /// The key of that id, or its tombstone; nil if the key is unknown.
    package subscript(id: KeyID) -> LiveKey? { table[id] }

    /// All keys at the moment.
    var table: KeyTable {
        let published = published.withLock { $0 }
        return published.table
    }

    /// A number that grows with every change of the account's keys, once it is in force; 0 for an account of which no key was
    /// ever heard.
    package func version(of account: AccountID) -> Int { versions.withLock { $0[account] ?? 0 } }

    /// All changes of the store up to this one are in.
    package var number: ChangeNumber { ChangeNumber(rawValue: applied.load(ordering: .acquiring)) }

    /// Keys that are not revoked.
    package var liveCount: Int { published.withLock { $0.table.liveCount } }

    /// Keys in memory with more than a fingerprint, for tests of what deleted keys leave behind.
    var fullEntryCount: Int { published.withLock { $0.table.fullEntryCount } }

    /// Trusts a key that was just stored.
    package func add(_ key: VerificationKey, of account: AccountID) {
        // Should it have no bytes, which no key has, the follower brings it from the store.
        guard let key = try? StoredPublicKey(key) else { return }
        change { $0.add(key, of: account) }
    }

    /// Trusts a key no longer.
    package func revoke(_ id: KeyID, of account: AccountID) {
        change { $0.revoke(id, of: account) }
    }

    /// Lets a key's tokens in as was just stored.
    /// - Parameter number: of the change.
    package func set(_ state: KeyState, of id: KeyID, in account: AccountID, at number: ChangeNumber) {
        change { $0.set(state, of: id, in: account, at: number) }
    }

    /// The revocations of an account at the moment.
    package func revocations(of account: AccountID) -> RevocationSet {
        published.withLock { $0.table.revocations }[account].current
    }

    /// Revocations that were not forgotten after their end.
    package var revocationCount: Int { published.withLock { $0.table.revocations }.count }

    /// Obeys revocations that were just stored.
    /// - Parameter number: of the last change that came with them.
    package func add(_ revocations: [Revocation], of account: AccountID, at number: ChangeNumber) {
        change { $0.add(revocations, of: account, at: number) }
    }

    /// Obeys a revocation no longer that was just lifted in the store.
    /// - Parameter number: of the change.
    package func lift(_ revocation: Revocation, of account: AccountID, at number: ChangeNumber) {
        change { $0.lift(revocation, of: account, at: number) }
    }

    /// Forgets revocations that have ended, to have their memory back.
    package func removeEndedRevocations(at now: NumericDate) {
        writing.withLock { _ in published.withLock { $0.table.revocations }.removeEnded(at: now) }
    }

    /// Applies changes of the store. It does not matter whether they, or later ones, are known already.
    /// - Throws: ``StoreError``: `corrupt` at a change that this version does not understand. The ring then stays at the
    ///   number it had: it can no longer be confirmed, and grows stale.
    package func apply(_ changes: [StoreChange]) throws(StoreError) {
        let known = number
        try change { table throws(StoreError) in
            // An id is freed once: a second time would take away the key that has it since.
            for change in changes where change.content.kind != .keyIDReleased || change.number > known {
                table.advance(to: change.number)
                try change.apply(to: &table)
            }
        }
        advance(to: changes.last?.number)
    }

    /// Takes over a store that has lost changes. A deletion or a revocation that was known here stays in force, and a key that
    /// the store does not have any more is trusted no longer.
    package func replace(with snapshot: KeySnapshot) {
        change { $0.replace(with: snapshot) }
        advance(to: snapshot.number)
    }

    private func advance(to number: ChangeNumber?) {
        guard let number else { return }
        applied.store(number.rawValue, ordering: .releasing)
        bell.ring()
    }

    private func change<Failure: Error>(_ body: (inout KeyTable) throws(Failure) -> Void) throws(Failure) {
        try writing.withLock { _ throws(Failure) in
            var next = published.withLock { $0.table }
            try body(&next)
            next.publishRevocations()
            let changed = next.takeChanged()
            published.withLock { $0 = PublishedTable(next) }
            // Nothing that is made of keys alone becomes old by a revocation.
            versions.withLock { versions in
                for account in changed { versions[account, default: 0] += 1 }
            }
        }
    }

    /// How the keys are to be trusted at the moment.
    package var freshness: KeyFreshness {
        KeyFreshness(confirmed: start + .nanoseconds(confirmed.load(ordering: .acquiring)), maximumAge: maximumAge)
    }

    /// Notes that all changes up to a moment are in.
    package func confirm(at instant: ContinuousClock.Instant) {
        confirmed.max((instant - start).inNanoseconds, ordering: .releasing)
    }
}

/// The table of the moment, in one word: readers on all threads take hold of it, and not of each part of it.
private final class PublishedTable: Sendable {
    let table: KeyTable

    init(_ table: KeyTable) {
        self.table = table
    }
}
