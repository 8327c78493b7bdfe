public import Logging
public import ServiceLifecycle
internal import StreamSigning
public import StreamSigningStore
internal import StreamSigningThreads
internal import Synchronization

/// Says, without waiting, who a request comes from.
///
/// ```swift
/// let credentials = try await CredentialIndex(store: store)
/// group.addTask { try await credentials.run() }        // changes of other processes, within a quarter of a second
/// guard let principal = credentials.authenticate(secret) else { … }
/// ```
public final class CredentialIndex: Service {
    private let store: any CredentialStore
    private let interval: Duration
    private let logger: Logger?
    private let state = Mutex(State())

    private struct State {
        var table = CredentialTable()
        /// Of the credentials in `table`; nil before the first reading.
        var revision: Int64?
        var readAt = ContinuousClock.now
    }

    /// Reads the credentials of a store.
    /// - Parameters:
    ///   - interval: how long a credential that another process revoked stays valid at most, give or take a query.
    ///   - logger: hears when the store does not answer.
    public init(
        store: any CredentialStore, interval: Duration = .milliseconds(250), logger: Logger? = nil
    ) async throws(StoreError) {
        self.store = store
        self.interval = interval
        self.logger = logger
        try await refresh()
    }

    /// The principal whose secret is `text`; nil if it is not a valid credential.
    ///
    /// Takes about a microsecond, and a time that says nothing about the credentials that exist.
    public func authenticate(_ text: some Collection<UInt8>) -> Principal? {
        guard (1...256).contains(text.count), let hash = try? Digest.sha256(Array(text)) else { return nil }
        let table = state.withLock { $0.table }
        return table.find(hash: hash).map { Principal(credential: $0.id, account: $0.account, role: $0.role) }
    }

    /// How long ago the store was last read, so that a service whose store does not answer can say so.
    public var age: Duration {
        ContinuousClock.now - state.withLock { $0.readAt }
    }

    /// Reads the credentials again if they have changed.
    public func refresh() async throws(StoreError) {
        let now = ContinuousClock.now
        // The revision comes first: if the credentials change in between, they are read again next time.
        let revision = try await store.credentialRevision()
        let isKnown = state.withLock { state in
            guard state.revision == revision else { return false }
            state.readAt = max(state.readAt, now)
            return true
        }
        guard !isKnown else { return }
        let table = CredentialTable(try await store.credentials())
        state.withLock { state in
            // Of two refreshes at once, the later revision stays.
            guard revision >= state.revision ?? .min else { return }
            state = State(table: table, revision: revision, readAt: now)
        }
    }

    /// Refreshes until the task is cancelled or the service shuts down. The credentials last read stay valid while the store
    /// does not answer.
    public func run() async throws {
        await withTaskExecutorPreference(NodeThread.following) {
            await cancelWhenGracefulShutdown { [self] in
                var failures = RepeatedFailureLog(
                    "credentials cannot be read", recovery: "credentials are read again", logger)
                for await _ in NodeThread.following.clock(every: interval) {
                    do throws(StoreError) {
                        try await refresh()
                        failures.noteSuccess()
                    } catch {
                        failures.note(error)
                    }
                }
            }
        }
    }
}
