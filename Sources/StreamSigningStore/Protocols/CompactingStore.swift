/// A store that keeps less of what is long over, so that it does not grow by 2 KB with every key that comes and goes.
///
/// Of a deleted key, what stays is the fingerprint of its id and that of the key (``KeyFingerprint``): the id and the key stay
/// taken, and the tokens stay revoked. Events of the audit log are packed, and none is lost.
public protocol CompactingStore: Sendable {
    /// Does a part of what can be done, in one transaction: all of it or nothing.
    ///
    /// A node that has not confirmed a change is not deprived of it (``NodeRegistry``): one of an older version could not
    /// follow any more.
    /// - Returns: whether there is more to do at once.
    func compact(_ limits: CompactionLimits) async throws(StoreError) -> Bool
}

/// What a compaction leaves alone, and how much it does at a time.
public struct CompactionLimits: Sendable, Hashable {
    /// The last changes, which followers are about to read.
    public var recentChanges = 256
    /// How many changes one transaction looks at. Fewer are not worth one.
    public var changesAtATime = 1024
    /// The last events of the audit log, which are read the most.
    public var recentEvents = 256
    /// How many events one transaction packs. Fewer are not worth one.
    public var eventsAtATime = 1024

    /// The defaults.
    public init() {}
}
