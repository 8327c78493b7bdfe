import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Synchronization
import Testing

@testable import StreamSigningStore

/// What writers were told while their database failed, and whether it is so.
final class Journal: Sendable {
    private let state = Mutex(State())

    private struct State {
        var created: Set<KeyID> = []
        /// Of keys that were created: their deletion was begun.
        var attempted: Set<KeyID> = []
        var deleted: Set<KeyID> = []
        var hasEnded = false
        var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    /// Creates keys and deletes every second one, until ``end()``. What the store does not do is not done again.
    func createAndDelete(on store: some KeyStore) async throws {
        while !state.withLock({ $0.hasEnded }) {
            let keys = [try Sample.key(), try Sample.key()]
            do throws(StoreError) {
                for key in keys {
                    try await store.add(key, limit: .max)
                    note(created: key.key.id)
                }
                state.withLock { _ = $0.attempted.insert(keys[0].key.id) }
                try await store.delete(keys[0].key.id)
                state.withLock { _ = $0.deleted.insert(keys[0].key.id) }
            } catch {
                guard error.code == .unavailable else { throw error }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    /// Waits until so many creations were acknowledged.
    func reached(created count: Int) async throws {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                guard state.created.count < count else { return true }
                state.waiting = (count, continuation)
                return false
            }
            if isReached { continuation.resume() }
        }
    }

    func end() {
        state.withLock { $0.hasEnded = true }
    }

    /// Compares with what the store has, once it answers: the last failure may have been a moment ago.
    func check(_ store: some KeyStore) async throws {
        let (created, attempted, deleted) = state.withLock { ($0.created, $0.attempted, $0.deleted) }
        let snapshot = try await eventually { try await store.snapshot() }
        let (live, revoked) = (Set(snapshot.keys.map(\.key.id)), Set(snapshot.revoked.map(\.id)))
        let lost = created.subtracting(attempted).subtracting(live)
        #expect(lost.isEmpty, "acknowledged creates are there")
        #expect(deleted.isSubset(of: revoked), "acknowledged deletions hold")
        #expect(attempted.isSubset(of: live.union(revoked)), "and what was cut off is one or the other")
        let numbers = try await store.allChanges().map(\.number.rawValue)
        #expect(numbers == Array(1..<Int64(numbers.count) + 1), "numbers have no gap")
        let events = try await store.audit(after: 0, limit: .max)
        let firstBreak = try AuditChain.firstBreak(in: events, after: nil)
        #expect(events.count == numbers.count && firstBreak == nil, "the log is whole")
    }

    private func note(created id: KeyID) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.created.insert(id)
            guard let waiting = state.waiting, state.created.count >= waiting.count else { return nil }
            state.waiting = nil
            return waiting.continuation
        }
        waiting?.resume()
    }
}

/// Requires that a call fails because the database cannot be reached.
func requireUnavailable(_ body: () async throws -> Void) async throws {
    await #expect(throws: StoreError(.unavailable, "")) { try await body() }
}

/// Repeats what fails because the database cannot be reached, for ten seconds.
@discardableResult
func eventually<Value>(_ body: () async throws -> Value) async throws -> Value {
    let end = ContinuousClock.now + .seconds(10)
    while true {
        do {
            return try await body()
        } catch let error as StoreError where error.code == .unavailable && .now < end {
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
