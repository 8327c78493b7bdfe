import NIOHTTP1
import ServiceLifecycle
import StreamSigning
package import StreamSigningHTTP
package import StreamSigningKeyRing
package import StreamSigningStore
import StreamSigningThreads
import Synchronization

/// How this node is: what it knows about the keys and how old that knowledge is, for probes, scrapers and people.
///
/// It asks the store by itself, so that what it answers is in memory: no number of probes makes work, and no probe waits.
package final class NodeStatus: Service {
    let ring: KeyRing
    private let propagation: PropagationTimes
    /// nil for a gate that other nodes feed.
    private let store: (any NodeRegistry)?
    private let node: NodeID?
    /// nil for a node that serves none.
    private let media: MediaFolder?
    private let connections: [ConnectionMetrics]
    private let interval: Duration
    private let found = Mutex(Found())

    /// What the store said last.
    private struct Found {
        /// nil if it did not answer.
        var others: [NodeConfirmation]? = []
        var instant = ContinuousClock.now
    }

    /// - Parameters:
    ///   - store: best a lane of its own.
    ///   - media: the folder that the gate serves; nil if it serves none.
    ///   - connections: those of the node's listeners.
    ///   - interval: how often to ask the store, and how late a failure is noticed.
    package init(
        ring: KeyRing, propagation: PropagationTimes, store: (any NodeRegistry)?, node: NodeID?, media: MediaFolder?,
        connections: [ConnectionMetrics], interval: Duration = .milliseconds(250)
    ) {
        self.ring = ring
        self.propagation = propagation
        self.store = store
        self.node = node
        self.media = media
        self.connections = connections
        self.interval = interval
    }

    /// Asks the store about the other nodes until the service stops. Without a store there is nothing to run.
    package func run() async throws {
        guard let store else { return }
        await withTaskExecutorPreference(NodeThread.following) {
            await cancelWhenGracefulShutdown { [self] in
                for await _ in NodeThread.following.clock(every: interval) { await refresh(store) }
            }
        }
    }

    private func refresh(_ store: any NodeRegistry) async {
        let others = try? await store.nodes().filter { $0.node != node }
        let now = ContinuousClock.now
        found.withLock { $0 = Found(others: others, instant: now) }
    }

    /// `/readyz`: whether this node may be sent requests.
    package func readiness() -> HTTPAnswer {
        let now = ContinuousClock.now
        let freshness = ring.freshness
        guard !freshness.isStale(at: now) else {
            return .plain(
                "the keys are stale: last confirmed \((now - freshness.confirmed).secondsText) s ago\n",
                .serviceUnavailable)
        }
        guard media?.isPresent ?? true else { return .plain("the media folder is gone\n", .serviceUnavailable) }
        let found = found.withLock { $0 }
        guard let others = found.others else {
            return .plain("the key store cannot be reached\n", .serviceUnavailable)
        }
        let lines = others.map { other in
            let age = other.age + (now - found.instant)
            return "node \(other.node): change \(other.number.rawValue), \(age.secondsText) s ago\n"
        }
        return .plain(
            """
            ready
            change \(ring.number.rawValue), confirmed \((now - freshness.confirmed).secondsText) s ago

            """ + lines.joined())
    }

    /// Writes this node's part of `/metrics`.
    package func write(to text: inout MetricsText) {
        let freshness = ring.freshness
        text.begin(.gauge, "change_number", "The last change of a key that is in force here.")
        text.add(Int(ring.number.rawValue))
        text.begin(
            .gauge, "confirmation_age_seconds", "Time since the keys were last known to be the store's.")
        text.add(.now - freshness.confirmed)
        text.begin(.gauge, "keys_stale", "1 while the gate refuses because the keys are too old.")
        text.add(freshness.isStale(at: .now) ? 1 : 0)
        if let others = found.withLock({ $0.others }) {
            text.begin(
                .gauge, "node_change_number", "The last change that each other live node has confirmed.")
            for other in others { text.add(Int(other.number.rawValue), ["node": "\(other.node)"]) }
        }
        text.begin(
            .gauge, "rsa_operations_at_a_time", "8 where crypto_mb does several at a time, 1 where OpenSSL does all.")
        text.add(MultiBufferRSA.status.operationsAtATime)
        propagation.write(to: &text)
        ConnectionMetrics.write(connections, to: &text)
    }
}
