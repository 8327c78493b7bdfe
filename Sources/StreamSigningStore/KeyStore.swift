public import StreamSigning

/// Where keys, credentials and the audit log are kept. The one owner of what is true: everything else is a copy that follows
/// its changes.
///
/// What every store promises, and `KeyStoreContract` examines:
/// - A call that returns has made its change durable; a call that throws ``StoreError`` of any code but `unavailable` has
///   changed nothing. After `unavailable` the change may or may not have been made. A task that is cancelled does not take
///   its writes back.
/// - Whoever reads after a call has returned sees its change (read your writes), on any node.
/// - Every change of a key gets the next ``ChangeNumber``: no number is given twice, and a reader who has seen a number has
///   seen, or can read with ``changes(after:limit:)``, every smaller one.
/// - Ids are unique over all accounts and for ever: a deleted key leaves its id behind as a tombstone.
/// - An account has at most one ``StoredKey/Origin/service`` key that is not deleted.
/// - All sealed private halves are under one master key, and one sealed under another is refused with `masterKeyChanged`.
///   Deleting a key erases its private half.
/// - A change and its audit event are made together or not at all. The log is only ever added to; its digests chain as
///   ``AuditChain`` says.
/// - Limits and uniqueness hold when several nodes write at once.
/// - Times are kept to the microsecond; what is finer is cut off.
public protocol KeyStore: Sendable {
    /// Adds a key.
    /// - Parameter limit: how many keys that are not deleted the account may have with this one.
    /// - Throws: ``StoreError``: `keyExists` if the id is or was in use, the account has or had the same key, or it is to
    ///   have a second service key; `limitReached`; `masterKeyChanged`.
    func insert(_ key: StoredKey, limit: Int, audit: AuditEvent) async throws(StoreError) -> ChangeNumber

    /// The account's keys that are not deleted, in the order they were added. An unknown account has none.
    func keys(of account: AccountID) async throws(StoreError) -> [KeyListing]

    /// The public half of one of the account's keys that is not deleted; nil if there is none of that id.
    func verificationKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> VerificationKey?

    /// The public halves of the account's keys that are not deleted, in the order they were added.
    func verificationKeys(of account: AccountID) async throws(StoreError) -> [VerificationKey]

    /// Deletes a key, which revokes every token it signed.
    /// - Throws: ``StoreError``: `notFound` if the account has no such key or it is deleted already.
    func revoke(_ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent) async throws(StoreError)
        -> ChangeNumber

    /// All keys and tombstones as of one change number.
    func snapshot() async throws(StoreError) -> KeySnapshot

    /// The changes after a number, in order.
    /// - Parameter limit: at most this many.
    func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> [KeyChange]

    /// Wakes whoever follows the changes: at once, soon after a change by any node, where the store can tell, and whenever
    /// `interval` has passed, whether something has changed or not. It says nothing more, and may be lost: the truth is
    /// what ``changes(after:limit:)`` answers. Ends when the store is closed, or with the task that iterates.
    func changeSignals(every interval: Duration) -> AsyncStream<Void>

    /// Notes that every change up to a number is in force on a node: its sign of life, and what lets others know that a
    /// deleted key is good nowhere any more.
    /// - Parameter period: how long the note is good. A node trusts its keys no longer than that without the next one.
    /// - Throws: ``StoreError``: `lostChanges` if the store has no such number: it has lost what the node knows.
    func confirm(_ number: ChangeNumber, by node: NodeID, for period: Duration) async throws(StoreError)

    /// Forgets a node that ends in good order, so that nobody waits for it.
    func retire(_ node: NodeID) async throws(StoreError)

    /// The nodes whose notes are still good, ordered by name. Of a store that is not shared: those of this process.
    func nodes() async throws(StoreError) -> [NodeConfirmation]

    /// The private half of the account's own key that is not deleted, sealed by the vault; nil if it has none.
    func sealedKey(of account: AccountID) async throws(StoreError) -> SealedKey?

    /// All sealed private halves, for a change of the master key.
    func sealedKeys() async throws(StoreError) -> [SealedKey]

    /// The id of the master key that private halves are sealed under; nil until ``replace(_:from:to:audit:)`` names one.
    func masterKeyID() async throws(StoreError) -> String?

    /// Replaces all sealed private halves, or none: from now on they are under another master key.
    /// - Parameters:
    ///   - keys: the halves, sealed anew. Those of keys that were deleted meanwhile are passed over.
    ///   - old: the master key that the store is under; nil if it has none yet.
    ///   - new: the master key it is under afterwards.
    /// - Throws: ``StoreError``: `masterKeyChanged` if the store is not under `old`, or a half is missing from `keys` or
    ///   under another key than `new`: read again and repeat.
    func replace(_ keys: [SealedKey], from old: String?, to new: String, audit: AuditEvent) async throws(StoreError)

    /// Adds a credential.
    /// - Throws: ``StoreError``: `keyExists` if the id or the secret is or was in use.
    func insert(_ credential: StoredCredential, audit: AuditEvent) async throws(StoreError)

    /// All credentials that are not revoked, in the order they were added.
    func credentials() async throws(StoreError) -> [StoredCredential]

    /// A number that differs after every change of a credential. Cheap: a service asks several times a second.
    func credentialRevision() async throws(StoreError) -> Int64

    /// Revokes a credential.
    /// - Throws: ``StoreError``: `notFound` if there is none of that id or it is revoked already.
    func revoke(_ id: CredentialID, at time: NumericDate, audit: AuditEvent) async throws(StoreError)

    /// Adds an event that comes with no other change.
    func append(_ event: AuditEvent) async throws(StoreError)

    /// Events in order.
    /// - Parameters:
    ///   - sequence: those after this number.
    ///   - limit: at most this many.
    func audit(after sequence: Int64, limit: Int) async throws(StoreError) -> [RecordedEvent]

    /// Everything that the store holds, as of one moment.
    func archive() async throws(StoreError) -> StoreArchive

    /// Takes over what another store held: all of it or nothing.
    /// - Parameter progress: told now and then how many of the rows are written.
    /// - Throws: ``StoreError``: `refused` if this store is not empty.
    func restore(
        _ archive: StoreArchive, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws(StoreError)

    /// Ends the use of the store, once what was begun is done. Every later call throws `unavailable`.
    func close() async
}
