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
/// - An account has at most one ``StoredKey/Origin/service`` key that is not deleted.
/// - All sealed private halves are under one master key, and one sealed under another is refused with `masterKeyChanged`.
///   Deleting a key erases its private half.
/// - A change and its audit event are made together or not at all. The log is only ever added to; its digests chain as
///   ``AuditChain`` says.
/// - ``CompactingStore/compact(_:)`` changes how much room things take, and nothing that other calls answer but this: the
///   changes of deleted keys are replaced by one that stands for all of them.
/// - Limits and uniqueness hold when several nodes write at once.
/// - Times are kept to the microsecond; what is finer is cut off.
public protocol KeyStore: SigningKeyStore, SealedKeyStore, ChangeLog, NodeRegistry, CredentialStore, AuditLog,
    ArchivedStore, CompactingStore, KeyIDRegistry
{
    /// Ends the use of the store, once what was begun is done. Every later call throws `unavailable`.
    func close() async
}
