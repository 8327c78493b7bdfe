package import StreamSigningStore

/// Waits until a change is in force everywhere.
package struct NodeAgreement: Sendable {
    private let store: any NodeRegistry
    /// How long nodes trust their keys without hearing from the store.
    private let maximumAge: Duration

    package init(store: any NodeRegistry, maximumAge: Duration) {
        self.store = store
        self.maximumAge = maximumAge
    }

    /// Returns when every live node has confirmed a change that was just made. A node that has not confirmed it by the deadline
    /// refuses all tokens by then, because its last answer from the store is older than the change.
    package func wait(for number: ChangeNumber) async {
        let deadline = ContinuousClock.now + maximumAge + Self.margin
        var pause: Duration = .milliseconds(2)
        while ContinuousClock.now < deadline {
            // A store that does not answer says nothing about its nodes, so this goes on waiting.
            if let nodes = try? await store.nodes(), nodes.allSatisfy({ $0.number >= number }) { return }
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            pause = min(pause * 2, .milliseconds(50))
        }
    }

    /// Notes outlive the trust by a second, and clocks run a little apart.
    private static let margin: Duration = .milliseconds(1_500)
}
