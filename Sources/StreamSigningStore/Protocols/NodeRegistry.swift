/// Which nodes follow the store, and how far each has come.
public protocol NodeRegistry: Sendable {
    /// Notes that every change up to a number is in force on a node: its sign of life, and what lets others know that no
    /// node trusts a deleted key any more.
    /// - Parameter period: how long the note is good. A node trusts its keys no longer than that without the next one.
    /// - Throws: ``StoreError``: `lostChanges` if the store does not have the number: it has lost what the node knows.
    func confirm(_ number: ChangeNumber, by node: NodeID, for period: Duration) async throws(StoreError)

    /// Forgets a node that ends in good order, so that nobody waits for it.
    func retire(_ node: NodeID) async throws(StoreError)

    /// The nodes whose notes are still good, ordered by name. Of a store that is not shared: those of this process.
    func nodes() async throws(StoreError) -> [NodeConfirmation]
}
