/// Where a service keeps everything: the one owner of what is true. All else is a copy that follows its changes.
///
/// A store conforms to all of these protocols; code that uses one asks only for those that it needs.
///
/// What every store promises, and `KeyStoreContract` examines:
/// - A call that returns has made its change durable; a call that throws ``StoreError`` of any code but `unavailable` has
///   changed nothing. After `unavailable` the change may or may not have been made. A task that is cancelled does not take
///   its writes back.
/// - A call sees the changes of every call that has returned before it, on any node (read your writes).
/// - Every change gets the next ``ChangeNumber``: no number is given twice, and a reader who has seen a number has
///   seen, or can read with ``ChangeLog/changes(after:limit:)``, every smaller one.
/// - Ids are unique over all accounts and forever: a deleted key leaves its id as a tombstone, which only
///   ``KeyIDRegistry/release(_:of:at:audit:)`` removes.
/// - A revocation is a change too, and stays until it ends. Then the store may forget it, and says so in the place of its
///   changes: their numbers stay taken.
/// - An account has at most one ``StoredKey/Origin/service`` key that is not deleted.
/// - All sealed private halves are under one master key, and one sealed under another is refused with `masterKeyChanged`.
///   Deleting a key erases its private half.
/// - A change and its audit event are made together or not at all. The log is only ever added to; its digests chain as
///   ``AuditChain`` says.
/// - ``CompactingStore/compact(_:)`` changes how much room things take, and nothing that other calls answer but this: the
///   changes of deleted keys are replaced by one that stands for all of them.
/// - Limits and uniqueness hold when several nodes write at once.
/// - Times are kept to the microsecond; what is finer is cut off.
public protocol KeyStore: SigningKeyStore, SealedKeyStore, KeyStateStore, KeyUseStore, RevocationStore, ChangeLog,
    NodeRegistry, CredentialStore, AuditLog, ArchivedStore, CompactingStore, KeyIDRegistry
{
    /// The same store over connections and threads that no other call uses, so that those who follow it wait for nobody who
    /// asks it. It ends with the store.
    /// - Parameter connections: how many calls it carries out at a time, where connections can be had.
    /// - Throws: ``StoreError``: `unavailable`.
    func lane(connections: Int) async throws(StoreError) -> any FollowedStore

    /// Ends the use of the store, once what was begun is done. Every later call throws `unavailable`.
    func close() async
}

/// What a node needs of a store to follow it: the changes, the other nodes and the credentials.
public typealias FollowedStore = ChangeLog & NodeRegistry & CredentialStore & KeyUseStore

extension KeyStore {
    /// The store itself, for one whose calls do not wait for each other.
    public func lane(connections: Int) async throws(StoreError) -> any FollowedStore { self }
}
