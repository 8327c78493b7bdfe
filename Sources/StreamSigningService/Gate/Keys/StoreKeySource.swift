#if Service
    /// The store itself as what a node follows.
    struct StoreKeySource: KeySource {
        let store: any KeyStore
        /// The name under which this node confirms what it has taken over.
        let node: NodeID
        /// How long a confirmation is good: as long as the node trusts its keys without the next one.
        let period: Duration

        func snapshot() async throws(StoreError) -> Sighting<KeySnapshot> {
            let asked = ContinuousClock.now
            return Sighting(value: try await store.snapshot(), instant: asked)
        }

        func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> Sighting<[KeyChange]> {
            let asked = ContinuousClock.now
            return Sighting(value: try await store.changes(after: number, limit: limit), instant: asked)
        }

        func signals(every interval: Duration) -> AsyncStream<Void> {
            store.changeSignals(every: interval)
        }

        func confirm(_ number: ChangeNumber) async throws(StoreError) {
            try await store.confirm(number, by: node, for: period)
        }

        func retire() async {
            // Whoever is not told waits until this node's last word expires.
            try? await store.retire(node)
        }
    }
#endif
