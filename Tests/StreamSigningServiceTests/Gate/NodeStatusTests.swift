import NIOHTTP1
import StreamSigning
import StreamSigningStoreTesting
import Synchronization
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("The status of a node", .timeLimit(.minutes(10)))
struct NodeStatusTests {
    private let registry = ManualRegistry()

    private func status(maximumAge: Duration? = nil) -> NodeStatus {
        let snapshot = KeySnapshot(number: ChangeNumber(rawValue: 7), keys: [], revoked: [])
        return NodeStatus(
            ring: KeyRing(snapshot, maximumAge: maximumAge), propagation: PropagationTimes(), store: registry,
            node: NodeID(rawValue: "0000000000000001"), media: nil, connections: [], interval: .milliseconds(1))
    }

    /// Runs a status for as long as `body` takes.
    private func run(_ status: NodeStatus, _ body: () async throws -> Void) async throws {
        let running = Task { try await status.run() }
        let result = await Result(catching: { () async throws in try await body() })
        running.cancel()
        try await running.value
        try result.get()
    }

    private func until(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }

    private func text(_ answer: HTTPAnswer) -> String {
        guard case .bytes(let bytes) = answer.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("is ready from the start, and tells of the other nodes once it knows them")
    func others() async throws {
        let status = status()
        #expect(status.readiness().status == .ok)
        #expect(text(status.readiness()).hasPrefix("ready\nchange 7, confirmed "))
        try await run(status) {
            try await until { text(status.readiness()).contains("node 0000000000000002: change 3, ") }
            #expect(!text(status.readiness()).contains("node 0000000000000001"), "not of itself")
        }
    }

    @Test("is not ready while the store does not answer, and is again when it does")
    func outage() async throws {
        let status = status()
        try await run(status) {
            registry.set(isFailing: true)
            try await until { status.readiness().status == .serviceUnavailable }
            #expect(text(status.readiness()) == "the key store cannot be reached\n")
            registry.set(isFailing: false)
            try await until { status.readiness().status == .ok }
        }
    }

    @Test("is not ready with stale keys, whatever the store says")
    func stale() {
        let status = status(maximumAge: .seconds(-1))
        #expect(status.readiness().status == .serviceUnavailable)
        #expect(text(status.readiness()).hasPrefix("the keys are stale"))
    }

    @Test("asks the store no more often because it is asked more often")
    func probes() {
        let status = status()
        for _ in 0..<100 { _ = status.readiness() }
        #expect(registry.calls == 0)
    }
}

/// Two nodes, unless the test wants a failure.
private final class ManualRegistry: NodeRegistry {
    private let state = Mutex((isFailing: false, calls: 0))

    var calls: Int { state.withLock { $0.calls } }

    func set(isFailing: Bool) {
        state.withLock { $0.isFailing = isFailing }
    }

    func confirm(_ number: ChangeNumber, by node: NodeID, for period: Duration) async throws(StoreError) {}

    func retire(_ node: NodeID) async throws(StoreError) {}

    func nodes() async throws(StoreError) -> [NodeConfirmation] {
        let isFailing = state.withLock { state in
            state.calls += 1
            return state.isFailing
        }
        guard !isFailing else { throw StoreError(.unavailable, "as the test wants") }
        let nodes: [(name: String, change: Int64)] = [("0000000000000001", 7), ("0000000000000002", 3)]
        return nodes.map { node in
            NodeConfirmation(
                node: NodeID(rawValue: node.name), number: ChangeNumber(rawValue: node.change), age: .milliseconds(5))
        }
    }
}
