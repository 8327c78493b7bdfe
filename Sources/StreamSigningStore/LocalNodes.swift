internal import Synchronization

/// The confirmations of nodes that share one memory: for stores whose nodes are all in one process.
package final class LocalNodes: Sendable {
    private struct Entry {
        let number: ChangeNumber
        let seen: ContinuousClock.Instant
        let expires: ContinuousClock.Instant
    }

    private let entries = Mutex<[NodeID: Entry]>([:])

    /// No nodes.
    package init() {}

    /// See ``NodeRegistry/confirm(_:by:for:)``.
    package func confirm(_ number: ChangeNumber, by node: NodeID, for period: Duration) {
        let now = ContinuousClock.now
        entries.withLock { entries in
            entries = entries.filter { $0.value.expires > now }
            entries[node] = Entry(number: number, seen: now, expires: now + period)
        }
    }

    /// See ``NodeRegistry/retire(_:)``.
    package func retire(_ node: NodeID) {
        entries.withLock { $0[node] = nil }
    }

    /// See ``NodeRegistry/nodes()``.
    package func live() -> [NodeConfirmation] {
        let now = ContinuousClock.now
        let entries = entries.withLock { $0.filter { $0.value.expires > now } }
        return entries.sorted { $0.key.rawValue < $1.key.rawValue }.map { node, entry in
            NodeConfirmation(node: node, number: entry.number, age: now - entry.seen)
        }
    }
}
