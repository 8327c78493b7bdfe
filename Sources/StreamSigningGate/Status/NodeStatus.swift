import NIOHTTP1
package import StreamSigningHTTP
package import StreamSigningKeyRing
package import StreamSigningStore

/// How this node is: what it knows about the keys and how old that knowledge is, for probes, scrapers and people.
package struct NodeStatus: Sendable {
    let ring: KeyRing
    let propagation: PropagationTimes
    /// nil for a gate that other nodes feed.
    let store: (any NodeRegistry)?
    let node: NodeID?
    /// nil for a node that serves none.
    let media: MediaFolder?
    let connections: [ConnectionMetrics]

    /// - Parameters:
    ///   - media: the folder that the gate serves; nil if it serves none.
    ///   - connections: those of the node's listeners.
    package init(
        ring: KeyRing, propagation: PropagationTimes, store: (any NodeRegistry)?, node: NodeID?, media: MediaFolder?,
        connections: [ConnectionMetrics]
    ) {
        self.ring = ring
        self.propagation = propagation
        self.store = store
        self.node = node
        self.media = media
        self.connections = connections
    }

    /// `/readyz`: whether this node may be sent requests.
    package func readiness() async -> HTTPAnswer {
        let now = ContinuousClock.now
        let freshness = ring.freshness
        guard !freshness.isStale(at: now) else {
            return .plain(
                "the keys are stale: last confirmed \((now - freshness.confirmed).secondsText) s ago\n",
                .serviceUnavailable)
        }
        guard media?.isPresent ?? true else { return .plain("the media folder is gone\n", .serviceUnavailable) }
        do throws(StoreError) {
            let others = try await others()
            let lines = others.map { "node \($0.node): change \($0.number.rawValue), \($0.age.secondsText) s ago\n" }
            return .plain(
                """
                ready
                change \(ring.number.rawValue), confirmed \((ContinuousClock.now - ring.freshness.confirmed).secondsText) s ago

                """ + lines.joined())
        } catch {
            return .plain("the key store cannot be reached\n", .serviceUnavailable)
        }
    }

    /// Writes this node's part of `/metrics`.
    package func write(to text: inout MetricsText) async {
        let freshness = ring.freshness
        text.begin(.gauge, "change_number", "The last change of a key that is in force here.")
        text.add(Int(ring.number.rawValue))
        text.begin(
            .gauge, "confirmation_age_seconds", "Time since the keys were last known to be the store's.")
        text.add(.now - freshness.confirmed)
        text.begin(.gauge, "keys_stale", "1 while the gate refuses because the keys are too old.")
        text.add(freshness.isStale(at: .now) ? 1 : 0)
        if let others = try? await others() {
            text.begin(
                .gauge, "node_change_number", "The last change that each other live node has confirmed.")
            for other in others { text.add(Int(other.number.rawValue), ["node": "\(other.node)"]) }
        }
        propagation.write(to: &text)
        ConnectionMetrics.write(connections, to: &text)
    }

    private func others() async throws(StoreError) -> [NodeConfirmation] {
        try await store?.nodes().filter { $0.node != node } ?? []
    }
}
