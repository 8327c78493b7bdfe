import StreamSigning
import StreamSigningStoreTesting
import Synchronization
import Testing

@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("The agreement of nodes", .timeLimit(.minutes(10)))
struct NodeAgreementTests {
    private let store = FailingKeyStore(MemoryKeyStore())
    /// Long enough that no test reaches it.
    private static let never = Duration.seconds(3_600)

    /// A deletion, and two nodes of which the second has not heard of it.
    private func laggard() async throws -> (change: ChangeNumber, node: NodeID) {
        let key = try Sample.key()
        let before = try await store.add(key)
        let change = try await store.delete(key.key.id)
        let (prompt, late) = (try NodeID.random(), try NodeID.random())
        try await store.confirm(change, by: prompt, for: Self.never)
        try await store.confirm(before, by: late, for: Self.never)
        return (change, late)
    }

    @Test("needs one look at the store when every node has confirmed")
    func agreed() async throws {
        let (change, node) = try await laggard()
        try await store.confirm(change, by: node, for: Self.never)
        let before = store.calls
        await NodeAgreement(store: store, maximumAge: Self.never).wait(for: change)
        #expect(store.calls == before + 1)
    }

    @Test("waits for a node that has not confirmed, until it does")
    func waits() async throws {
        let (change, node) = try await laggard()
        let returned = Flag()
        try await withThrowingTaskGroup(of: Void.self) { [store] group in
            group.addTask {
                await NodeAgreement(store: store, maximumAge: Self.never).wait(for: change)
                returned.raise()
            }
            let before = store.calls
            while store.calls < before + 3 { await Task.yield() }
            #expect(!returned.isRaised)
            try await store.confirm(change, by: node, for: Self.never)
            try await group.waitForAll()
        }
    }

    @Test("does not wait for a node that has ended")
    func retired() async throws {
        let (change, node) = try await laggard()
        try await store.retire(node)
        await NodeAgreement(store: store, maximumAge: Self.never).wait(for: change)
    }

    @Test("does not take a store's silence for agreement")
    func silence() async throws {
        let (change, node) = try await laggard()
        try await store.confirm(change, by: node, for: Self.never)
        let before = store.calls
        store.fail(atCall: 1)
        await NodeAgreement(store: store, maximumAge: Self.never).wait(for: change)
        #expect(store.calls == before + 2)
    }

    @Test("ends when a node without confirmation refuses all tokens anyway")
    func deadline() async throws {
        let (change, _) = try await laggard()
        // The deadline has passed when this begins.
        await NodeAgreement(store: store, maximumAge: .seconds(-3_600)).wait(for: change)
    }

    @Test("ends with its task")
    func cancelled() async throws {
        let (change, _) = try await laggard()
        let store = store
        let waiting = Task { await NodeAgreement(store: store, maximumAge: Self.never).wait(for: change) }
        waiting.cancel()
        await waiting.value
    }
}

private final class Flag: Sendable {
    private let state = Atomic(false)

    var isRaised: Bool { state.load(ordering: .acquiring) }

    func raise() {
        state.store(true, ordering: .releasing)
    }
}
