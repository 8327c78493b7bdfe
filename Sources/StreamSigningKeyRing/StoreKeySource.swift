package import StreamSigning
package import StreamSigningStore

/// The store itself as what a node follows.
package struct StoreKeySource: KeySource {
    package let store: any ChangeLog & NodeRegistry & KeyUseStore
    /// The name under which this node confirms what it has taken over.
    package let node: NodeID
    /// How long a confirmation is good: as long as the node trusts its keys without the next one.
    package let period: Duration

    package init(store: any ChangeLog & NodeRegistry & KeyUseStore, node: NodeID, period: Duration) {
        self.store = store
        self.node = node
        self.period = period
    }

    package func snapshot() async throws(StoreError) -> Observed<KeySnapshot> {
        let asked = ContinuousClock.now
        return Observed(value: try await store.snapshot(), instant: asked)
    }

    package func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> Observed<[StoreChange]> {
        let asked = ContinuousClock.now
        return Observed(value: try await store.changes(after: number, limit: limit), instant: asked)
    }

    package func signals(every interval: Duration) -> AsyncStream<Void> {
        store.changeSignals(every: interval)
    }

    package func confirm(_ number: ChangeNumber) async throws(StoreError) {
        try await store.confirm(number, by: node, for: period)
    }

    package func report(_ uses: [KeyID: KeyUse]) async throws(StoreError) {
        try await store.record(uses)
    }

    package func retire() async {
        // If this fails, other nodes wait until this node's last confirmation expires.
        try? await store.retire(node)
    }
}
