/// The changes of the store in their order, for nodes that follow them.
public protocol ChangeLog: Sendable {
    /// All keys, tombstones and revocations as of one change number.
    /// - Throws: ``StoreError``: `refused` if a newer version has changed the tables since the store was opened: there may
    ///   be more to know than a snapshot of this version holds.
    func snapshot() async throws(StoreError) -> KeySnapshot

    /// The changes after a number, in order, whatever their kind. One may stand for several that mean nothing any more
    /// (``ChangeKind/changesEnded``); it has the number of the last of them. Numbers that are missing are those of deleted
    /// keys, whose changes a later one of the kind ``ChangeKind/keysCompacted`` has replaced.
    /// - Parameter limit: at most this many.
    func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> [StoreChange]

    /// Wakes a follower: at once, soon after a change by any node, where the store can tell, and whenever
    /// `interval` has passed, whether something has changed or not. It says nothing more, and may be lost: the truth is
    /// what ``changes(after:limit:)`` answers. Ends when the store is closed, or with the task that iterates.
    func changeSignals(every interval: Duration) -> AsyncStream<Void>
}
