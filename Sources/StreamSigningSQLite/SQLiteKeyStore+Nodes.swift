internal import GRDB
internal import StreamSigning
public import StreamSigningStore

/// The nodes of this process alone: a heartbeat in the file would have the disk write all day, and a full disk would stop
/// a gate that can read its keys well. Other processes that use the file follow it, unnamed, within half a second.
extension SQLiteKeyStore {
    /// See ``KeyStore``.
    public func confirm(
        _ number: ChangeNumber, by node: NodeID, for period: Duration
    ) async throws(StoreError) {
        let last = try await read { db in try Int64.fetchOne(db, sql: "SELECT max(number) FROM key_change") ?? 0 }
        guard number.rawValue <= last else { throw .lostChanges }
        localNodes.confirm(number, by: node, for: period)
    }

    /// See ``KeyStore``.
    public func retire(_ node: NodeID) async throws(StoreError) {
        localNodes.retire(node)
    }

    /// See ``KeyStore``.
    public func nodes() async throws(StoreError) -> [NodeConfirmation] {
        // A closed store says so.
        _ = try await credentialRevision()
        return localNodes.live()
    }
}
