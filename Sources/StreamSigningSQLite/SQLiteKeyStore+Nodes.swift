internal import GRDB
internal import StreamSigning
public import StreamSigningStore

/// The nodes of this process alone: a heartbeat in the file would have the disk write all day, and a full disk would stop
/// a gate that can read its keys well. Other processes that use the file follow it, unnamed, within half a second.
extension SQLiteKeyStore {
    /// See ``NodeRegistry``.
    public func confirm(
        _ number: ChangeNumber, by node: NodeID, for period: Duration
    ) async throws(StoreError) {
        let last = try await read { db in try db.lastChange() }
        guard number <= last else { throw .lostChanges }
        localNodes.confirm(number, by: node, for: period)
    }

    /// See ``NodeRegistry``.
    public func retire(_ node: NodeID) async throws(StoreError) {
        localNodes.retire(node)
    }

    /// See ``NodeRegistry``.
    public func nodes() async throws(StoreError) -> [NodeConfirmation] {
        // A closed store says so.
        _ = try await credentialRevision()
        return localNodes.live()
    }
}
