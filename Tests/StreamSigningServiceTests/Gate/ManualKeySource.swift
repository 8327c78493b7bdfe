import StreamSigning
import Synchronization

@testable import StreamSigningKeyRing
@testable import StreamSigningStore

/// A source that says what a test wants, when it wants.
final class ManualKeySource: KeySource {
    private struct State {
        var snapshot = KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: [])
        var changes: [StoreChange] = []
        var failure: StoreError?
        var refusal: StoreError?
        var refusals = 0
        var isStalled = false
        var instant = ContinuousClock.now
        /// How often the follower has begun to wait.
        var rounds = 0
        var confirmed: [Int64] = []
        var reports: [[KeyID: KeyUse]] = []
        var isRetired = false
    }

    private let state = Mutex(State())
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var confirmed: [Int64] { state.withLock { $0.confirmed } }
    /// What was said of the use of keys.
    var reports: [[KeyID: KeyUse]] { state.withLock { $0.reports } }
    /// How many notes were refused.
    var refusals: Int { state.withLock { $0.refusals } }
    var isRetired: Bool { state.withLock { $0.isRetired } }

    /// The answers from now on.
    func set(snapshot: KeySnapshot) { state.withLock { $0.snapshot = snapshot } }
    func set(changes: [StoreChange]) { state.withLock { $0.changes = changes } }
    func set(failure: StoreError?) { state.withLock { $0.failure = failure } }
    func set(refusal: StoreError?) { state.withLock { $0.refusal = refusal } }
    func set(isStalled: Bool) { state.withLock { $0.isStalled = isStalled } }
    func set(instant: ContinuousClock.Instant) { state.withLock { $0.instant = instant } }

    /// Wakes the follower, and returns when it has asked, been answered, and waits again.
    func wake() async throws {
        while state.withLock({ $0.rounds }) == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let before = state.withLock { $0.rounds }
        continuation.yield()
        while state.withLock({ $0.rounds }) == before { try await Task.sleep(for: .milliseconds(1)) }
    }

    func snapshot() async throws(StoreError) -> Observed<KeySnapshot> {
        state.withLock { Observed(value: $0.snapshot, instant: $0.instant) }
    }

    func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> Observed<[StoreChange]> {
        let answer: Result<Observed<[StoreChange]>, StoreError> = state.withLock { state in
            if let failure = state.failure { return .failure(failure) }
            let changes = state.changes.filter { $0.number > number }
            return .success(Observed(value: changes, instant: state.instant))
        }
        return try answer.get()
    }

    func signals(every interval: Duration) -> AsyncStream<Void> {
        AsyncStream { [self] in
            state.withLock { $0.rounds += 1 }
            return await stream.first { true }
        }
    }

    func confirm(_ number: ChangeNumber) async throws(StoreError) {
        // As a write on a disk that stalls.
        while state.withLock({ $0.isStalled }) { try? await Task.sleep(for: .milliseconds(1)) }
        let refusal = state.withLock { state in
            if state.refusal == nil { state.confirmed.append(number.rawValue) } else { state.refusals += 1 }
            return state.refusal
        }
        if let refusal { throw refusal }
    }

    func report(_ uses: [KeyID: KeyUse]) async throws(StoreError) {
        let refusal = state.withLock { state in
            if state.refusal == nil { state.reports.append(uses) }
            return state.refusal
        }
        if let refusal { throw refusal }
    }

    func retire() async {
        state.withLock { $0.isRetired = true }
    }
}
