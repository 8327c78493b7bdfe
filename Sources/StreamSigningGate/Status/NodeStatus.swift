import NIOHTTP1
package import StreamSigningHTTP
package import StreamSigningKeyRing
package import StreamSigningStore

/// What this node knows of the keys and how old that is, for probes, for scrapers and for people.
package struct NodeStatus: Sendable {
    let ring: KeyRing
    let propagation: PropagationTimes
    /// nil for a gate that is fed by another node.
    let store: (any NodeRegistry)?
    let node: NodeID?

    package init(ring: KeyRing, propagation: PropagationTimes, store: (any NodeRegistry)?, node: NodeID?) {
        self.ring = ring
        self.propagation = propagation
        self.store = store
        self.node = node
    }

    /// `/readyz`: whether this node may be sent requests.
    package func readiness() async -> HTTPAnswer {
        let now = ContinuousClock.now
        let freshness = ring.freshness
        guard !freshness.isStale(at: now) else {
            return .plain(
                "the keys are stale: last confirmed \(seconds(now - freshness.confirmed)) s ago\n",
                .serviceUnavailable)
        }
        do throws(StoreError) {
            let others = try await others()
            let lines = others.map { "node \($0.node): change \($0.number.rawValue), \(seconds($0.age)) s ago\n" }
            return .plain(
                """
                ready
                change \(ring.number.rawValue), confirmed \(seconds(.now - ring.freshness.confirmed)) s ago

                """ + lines.joined())
        } catch {
            return .plain("the key store cannot be reached\n", .serviceUnavailable)
        }
    }

    /// This node's part of `/metrics`.
    package func exposition() async -> String {
        var text = ""
        func gauge(_ name: String, _ help: String, _ samples: [(labels: String, value: String)]) {
            text += "# HELP streamsign_\(name) \(help)\n# TYPE streamsign_\(name) gauge\n"
            for sample in samples { text += "streamsign_\(name)\(sample.labels) \(sample.value)\n" }
        }
        let freshness = ring.freshness
        gauge("change_number", "The last change of a key that is in force here.", [("", "\(ring.number.rawValue)")])
        gauge(
            "confirmation_age_seconds", "Time since the keys were last known to be the store's.",
            [("", seconds(.now - freshness.confirmed))])
        gauge(
            "keys_stale", "1 while the gate refuses because the keys are too old.",
            [("", freshness.isStale(at: .now) ? "1" : "0")])
        if let others = try? await others() {
            gauge(
                "node_change_number", "The last change that each other live node has confirmed.",
                others.map { ("{node=\"\($0.node)\"}", "\($0.number.rawValue)") })
        }
        return text + propagation.exposition()
    }

    private func others() async throws(StoreError) -> [NodeConfirmation] {
        try await store?.nodes().filter { $0.node != node } ?? []
    }

    private func seconds(_ duration: Duration) -> String {
        let milliseconds = max(0, duration.milliseconds)
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
    }
}
