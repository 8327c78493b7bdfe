package import StreamSigningStore

/// Waits until a change is in force everywhere.
package struct NodeAgreement: Sendable {
    package let store: any NodeRegistry
    /// How long nodes trust their keys without the store.
    package let maximumAge: Duration

    package init(store: any NodeRegistry, maximumAge: Duration) {
        self.store = store
        self.maximumAge = maximumAge
    }

    /// Returns when every live node has confirmed a change that was just made, or else when a node that has not must have
    /// begun to refuse: its last answer was older than the change.
    package func wait(for number: ChangeNumber) async {
        let deadline = ContinuousClock.now + maximumAge + Self.margin
        var pause: Duration = .milliseconds(2)
        while ContinuousClock.now < deadline {
            // Of a store that does not answer nothing is known: it is waited for like a node.
            if let nodes = try? await store.nodes(), nodes.allSatisfy({ $0.number >= number }) { return }
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            pause = min(pause * 2, .milliseconds(50))
        }
    }

    /// For the second that notes outlive the trust, and clocks that run a little apart.
    private static let margin: Duration = .milliseconds(1_500)
}
