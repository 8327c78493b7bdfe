public import StreamSigning
public import StreamSigningStore
internal import Synchronization

/// A store that does what another does, except when a test wants it to fail.
///
/// ```swift
/// let store = FailingKeyStore(MemoryKeyStore())
/// store.fail(atCall: 3)                        // the third call from now
/// store.fail(atCall: 1, afterwards: true)      // done, but the caller is not told
/// ```
public final class FailingKeyStore: KeyStore {
    private let store: any KeyStore
    private let state = Mutex(State())

    private struct State {
        var calls = 0
        var failures: [Int: Failure] = [:]
    }

    private struct Failure {
        let error: StoreError
        let afterwards: Bool
    }

    /// Wraps a store.
    public init(_ store: any KeyStore) {
        self.store = store
    }

    /// How many calls came so far, ``close()`` aside.
    public var calls: Int { state.withLock { $0.calls } }

    /// Lets one call fail.
    /// - Parameters:
    ///   - call: 1 for the next call.
    ///   - afterwards: whether the call does its work before it fails.
    ///   - error: what it throws.
    public func fail(
        atCall call: Int, afterwards: Bool = false,
        with error: StoreError = StoreError(.unavailable, "as the test wants")
    ) {
        state.withLock { $0.failures[$0.calls + call] = Failure(error: error, afterwards: afterwards) }
    }

    private func call<Value>(_ body: () async throws(StoreError) -> Value) async throws(StoreError) -> Value {
        let failure = state.withLock { state in
            state.calls += 1
            return state.failures[state.calls]
        }
        guard let failure else { return try await body() }
        if failure.afterwards { _ = try await body() }
        throw failure.error
    }

    /// See `KeyStore`.
    public func insert(_ key: StoredKey, quota: KeyQuota, audit: AuditEvent) async throws(StoreError) -> ChangeNumber {
        try await call { () throws(StoreError) in try await store.insert(key, quota: quota, audit: audit) }
    }

    /// See `KeyStore`.
    public func keys(of account: AccountID) async throws(StoreError) -> [KeyListing] {
        try await call { () throws(StoreError) in try await store.keys(of: account) }
    }

    /// See `KeyStore`.
    public func verificationKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> VerificationKey? {
        try await call { () throws(StoreError) in try await store.verificationKey(id, of: account) }
    }

    /// See `KeyStore`.
    public func publicKeys(of account: AccountID) async throws(StoreError) -> [StoredPublicKey] {
        try await call { () throws(StoreError) in try await store.publicKeys(of: account) }
    }

    /// See `KeyStore`.
    public func revoke(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        try await call { () throws(StoreError) in try await store.revoke(id, of: account, at: time, audit: audit) }
    }

    /// See `KeyStore`.
    public func insert(
        _ revocations: [Revocation], of account: AccountID, limit: Int, at time: NumericDate, audit: [AuditEvent]
    ) async throws(StoreError) -> ChangeNumber {
        try await call { () throws(StoreError) in
            try await store.insert(revocations, of: account, limit: limit, at: time, audit: audit)
        }
    }

    /// See `KeyStore`.
    public func revocation(
        _ id: RevocationID, of account: AccountID, at time: NumericDate
    ) async throws(StoreError) -> Revocation? {
        try await call { () throws(StoreError) in try await store.revocation(id, of: account, at: time) }
    }

    /// See `KeyStore`.
    public func revocations(
        of account: AccountID, subject: RevocationSubject?, after id: RevocationID?, limit: Int, at time: NumericDate
    ) async throws(StoreError) -> [Revocation] {
        try await call { () throws(StoreError) in
            try await store.revocations(of: account, subject: subject, after: id, limit: limit, at: time)
        }
    }

    /// See `KeyStore`.
    public func lift(
        _ id: RevocationID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (revocation: Revocation, number: ChangeNumber) {
        try await call { () throws(StoreError) in try await store.lift(id, of: account, at: time, audit: audit) }
    }

    /// See `KeyStore`.
    public func removeEndedRevocations(by time: NumericDate, limit: Int) async throws(StoreError) -> Int {
        try await call { () throws(StoreError) in try await store.removeEndedRevocations(by: time, limit: limit) }
    }

    /// See `KeyStore`.
    public func details(of id: KeyID, in account: AccountID) async throws(StoreError) -> KeyDetails? {
        try await call { () throws(StoreError) in try await store.details(of: id, in: account) }
    }

    /// See `KeyStore`.
    public func details(in account: AccountID) async throws(StoreError) -> [KeyDetails] {
        try await call { () throws(StoreError) in try await store.details(in: account) }
    }

    /// See `KeyStore`.
    public func update(
        _ id: KeyID, of account: AccountID, by update: KeyUpdate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (key: KeyDetails, number: ChangeNumber?) {
        try await call { () throws(StoreError) in
            try await store.update(id, of: account, by: update, at: time, audit: audit)
        }
    }

    /// See `KeyStore`.
    public func record(_ uses: [KeyID: KeyUse]) async throws(StoreError) {
        try await call { () throws(StoreError) in try await store.record(uses) }
    }

    /// See `KeyStore`.
    public func revoke(
        _ id: KeyID, of account: AccountID, unusedSince: NumericDate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> UnusedKeyRevocation {
        try await call { () throws(StoreError) in
            try await store.revoke(id, of: account, unusedSince: unusedSince, at: time, audit: audit)
        }
    }

    /// See `KeyStore`.
    public func snapshot() async throws(StoreError) -> KeySnapshot {
        try await call { () throws(StoreError) in try await store.snapshot() }
    }

    /// See `KeyStore`.
    public func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> [StoreChange] {
        try await call { () throws(StoreError) in try await store.changes(after: number, limit: limit) }
    }

    /// See `KeyStore`. It cannot fail.
    public func changeSignals(every interval: Duration) -> AsyncStream<Void> {
        store.changeSignals(every: interval)
    }

    /// See `KeyStore`.
    public func confirm(_ number: ChangeNumber, by node: NodeID, for period: Duration) async throws(StoreError) {
        try await call { () throws(StoreError) in try await store.confirm(number, by: node, for: period) }
    }

    /// See `KeyStore`.
    public func retire(_ node: NodeID) async throws(StoreError) {
        try await call { () throws(StoreError) in try await store.retire(node) }
    }

    /// See `KeyStore`.
    public func nodes() async throws(StoreError) -> [NodeConfirmation] {
        try await call { () throws(StoreError) in try await store.nodes() }
    }

    /// See `KeyStore`.
    public func serviceKeys(of account: AccountID) async throws(StoreError) -> [ServiceKey] {
        try await call { () throws(StoreError) in try await store.serviceKeys(of: account) }
    }

    /// See `KeyStore`.
    public func serviceKeys(createdBy time: NumericDate) async throws(StoreError) -> [ServiceKey] {
        try await call { () throws(StoreError) in try await store.serviceKeys(createdBy: time) }
    }

    /// See `KeyStore`.
    public func sealedKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> SealedKey? {
        try await call { () throws(StoreError) in try await store.sealedKey(id, of: account) }
    }

    /// See `KeyStore`.
    public func sealedKeys() async throws(StoreError) -> [SealedKey] {
        try await call { () throws(StoreError) in try await store.sealedKeys() }
    }

    /// See `KeyStore`.
    public func masterKeyID() async throws(StoreError) -> String? {
        try await call { () throws(StoreError) in try await store.masterKeyID() }
    }

    /// See `KeyStore`.
    public func replace(
        _ keys: [SealedKey], from old: String?, to new: String, audit: AuditEvent
    ) async throws(StoreError) {
        try await call { () throws(StoreError) in try await store.replace(keys, from: old, to: new, audit: audit) }
    }

    /// See `KeyStore`.
    public func insert(_ credential: StoredCredential, audit: AuditEvent) async throws(StoreError) {
        try await call { () throws(StoreError) in try await store.insert(credential, audit: audit) }
    }

    /// See `KeyStore`.
    public func readCredentials() async throws(StoreError) -> CredentialReading {
        try await call { () throws(StoreError) in try await store.readCredentials() }
    }

    /// See `KeyStore`.
    public func credentialRevision() async throws(StoreError) -> Int64 {
        try await call { () throws(StoreError) in try await store.credentialRevision() }
    }

    /// See `KeyStore`.
    public func revoke(_ id: CredentialID, at time: NumericDate, audit: AuditEvent) async throws(StoreError) {
        try await call { () throws(StoreError) in try await store.revoke(id, at: time, audit: audit) }
    }

    /// See `KeyStore`.
    public func append(_ event: AuditEvent) async throws(StoreError) {
        try await call { () throws(StoreError) in try await store.append(event) }
    }

    /// See `KeyStore`.
    public func audit(after sequence: Int64, limit: Int) async throws(StoreError) -> [RecordedEvent] {
        try await call { () throws(StoreError) in try await store.audit(after: sequence, limit: limit) }
    }

    /// See `KeyStore`.
    public func readArchive() async throws(StoreError) -> ArchiveReading {
        try await call { () throws(StoreError) in try await store.readArchive() }
    }

    /// See `KeyStore`.
    public func restore(
        _ archive: StoreArchive, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws(StoreError) {
        try await call { () throws(StoreError) in try await store.restore(archive, progress: progress) }
    }

    /// See `KeyStore`.
    public func compact(_ limits: CompactionLimits) async throws(StoreError) -> Bool {
        try await call { () throws(StoreError) in try await store.compact(limits) }
    }

    /// See `KeyStore`.
    public func holder(of id: KeyID) async throws(StoreError) -> KeyIDHolder? {
        try await call { () throws(StoreError) in try await store.holder(of: id) }
    }

    /// See `KeyStore`.
    public func release(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        try await call { () throws(StoreError) in try await store.release(id, of: account, at: time, audit: audit) }
    }

    /// See `KeyStore`.
    public func close() async {
        await store.close()
    }
}
