public import StreamSigning
public import StreamSigningStore
internal import Synchronization

/// A store in memory, for tests: every promise of `KeyStore` but durability.
public final class MemoryKeyStore: KeyStore {
    private let data: MemoryData
    private let isClosed = Mutex(false)

    /// An empty store.
    public convenience init() {
        self.init(sharing: MemoryData())
    }

    /// Another node of the same store.
    public convenience init(sharing other: MemoryKeyStore) {
        self.init(sharing: other.data)
    }

    private init(sharing data: MemoryData) {
        self.data = data
    }

    /// See `KeyStore`.
    public func insert(_ key: StoredKey, quota: KeyQuota, audit: AuditEvent) async throws(StoreError) -> ChangeNumber {
        try write([audit]) { content throws(StoreError) in try content.insert(key, quota) }
    }

    /// See `KeyStore`.
    public func keys(of account: AccountID) async throws(StoreError) -> [KeyListing] {
        try read { $0.live(account).map { KeyListing(id: $0.key.id, created: $0.created) } }
    }

    /// See `KeyStore`.
    public func verificationKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> VerificationKey? {
        try await verificationKeys(of: account).first { $0.id == id }
    }

    /// See `KeyStore`.
    public func publicKeys(of account: AccountID) async throws(StoreError) -> [StoredPublicKey] {
        try read { $0.live(account).map(\.key) }
    }

    /// See `KeyStore`.
    public func revoke(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        try write([audit]) { content throws(StoreError) in try content.revoke(id, of: account, at: time) }
    }

    /// See `KeyStore`.
    public func insert(
        _ revocations: [Revocation], of account: AccountID, limit: Int, at time: NumericDate, audit: [AuditEvent]
    ) async throws(StoreError) -> ChangeNumber {
        try write(audit) { content throws(StoreError) in
            try content.insert(revocations, of: account, limit: limit, at: time)
        }
    }

    /// See `KeyStore`.
    public func revocation(
        _ id: RevocationID, of account: AccountID, at time: NumericDate
    ) async throws(StoreError) -> Revocation? {
        try read { $0.inForce(account, at: time).first { $0.revocation.id == id }?.revocation }
    }

    /// See `KeyStore`.
    public func revocations(
        of account: AccountID, subject: RevocationSubject?, after id: RevocationID?, limit: Int, at time: NumericDate
    ) async throws(StoreError) -> [Revocation] {
        let content = try read { $0 }
        return try content.page(of: account, subject: subject, after: id, limit: limit, at: time)
    }

    /// See `KeyStore`.
    public func lift(
        _ id: RevocationID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (revocation: Revocation, number: ChangeNumber) {
        try write([audit]) { content throws(StoreError) in try content.lift(id, of: account, at: time) }
    }

    /// See `KeyStore`.
    public func removeEndedRevocations(by time: NumericDate, limit: Int) async throws(StoreError) -> Int {
        try write([]) { content throws(StoreError) in content.removeEnded(by: time, limit: limit) }
    }

    /// See `KeyStore`.
    public func details(of id: KeyID, in account: AccountID) async throws(StoreError) -> KeyDetails? {
        try read { $0.details(account).first { $0.id == id } }
    }

    /// See `KeyStore`.
    public func details(in account: AccountID) async throws(StoreError) -> [KeyDetails] {
        try read { $0.details(account) }
    }

    /// See `KeyStore`.
    public func update(
        _ id: KeyID, of account: AccountID, by update: KeyUpdate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (key: KeyDetails, number: ChangeNumber?) {
        try write([]) { content throws(StoreError) in
            let before = content.details(account).first { $0.id == id }
            let after = try content.update(id, of: account, by: update, at: time)
            if before != after.key { try content.record(audit) }
            return after
        }
    }

    /// See `KeyStore`.
    public func record(_ uses: [KeyID: KeyUse]) async throws(StoreError) {
        try write([]) { content throws(StoreError) in content.record(uses) }
    }

    /// See `KeyStore`.
    public func revoke(
        _ id: KeyID, of account: AccountID, unusedSince: NumericDate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> UnusedKeyRevocation {
        try write([]) { content throws(StoreError) in
            if let key = content.details(account).first(where: { $0.id == id }) {
                let last = key.use?.last ?? key.created
                guard last <= unusedSince else { return .inUse(last: last) }
            }
            let number = try content.revoke(id, of: account, at: time)
            try content.record(audit)
            return .revoked(number)
        }
    }

    /// See `KeyStore`.
    public func snapshot() async throws(StoreError) -> KeySnapshot {
        try read { $0.snapshot }
    }

    /// See `KeyStore`.
    public func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> [StoreChange] {
        try read { Array($0.changes.drop { $0.number <= number }.prefix(limit)) }
    }

    /// See `KeyStore`.
    public func confirm(_ number: ChangeNumber, by node: NodeID, for period: Duration) async throws(StoreError) {
        let last = try read { $0.snapshot.number }
        guard number <= last else { throw .lostChanges }
        data.nodes.confirm(number, by: node, for: period)
    }

    /// See `KeyStore`.
    public func retire(_ node: NodeID) async throws(StoreError) {
        try requireOpen()
        data.nodes.retire(node)
    }

    /// See `KeyStore`.
    public func nodes() async throws(StoreError) -> [NodeConfirmation] {
        try requireOpen()
        return data.nodes.live()
    }

    /// See `KeyStore`.
    public func serviceKeys(of account: AccountID) async throws(StoreError) -> [ServiceKey] {
        try read { $0.serviceKeys.filter { $0.account == account } }
    }

    /// See `KeyStore`.
    public func serviceKeys(createdBy time: NumericDate) async throws(StoreError) -> [ServiceKey] {
        try read { content in
            let accounts = Set(content.serviceKeys.filter { $0.created <= time }.map(\.account))
            return content.serviceKeys.filter { accounts.contains($0.account) }
        }
    }

    /// See `KeyStore`.
    public func sealedKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> SealedKey? {
        try read { $0.live(account).first { $0.key.id == id }?.sealed }
    }

    /// See `KeyStore`.
    public func sealedKeys() async throws(StoreError) -> [SealedKey] {
        try read { $0.keys.compactMap(\.sealed) }
    }

    /// See `KeyStore`.
    public func masterKeyID() async throws(StoreError) -> String? {
        try read { $0.masterKeyID }
    }

    /// See `KeyStore`.
    public func replace(
        _ keys: [SealedKey], from old: String?, to new: String, audit: AuditEvent
    ) async throws(StoreError) {
        try write([audit]) { content throws(StoreError) in try content.replace(keys, from: old, to: new) }
    }

    /// See `KeyStore`.
    public func insert(_ credential: StoredCredential, audit: AuditEvent) async throws(StoreError) {
        try write([audit]) { content throws(StoreError) in try content.insert(credential) }
    }

    /// See `KeyStore`.
    public func readCredentials() async throws(StoreError) -> CredentialReading {
        try read { content in
            CredentialReading(content.credentials.filter { content.revokedCredentials[$0.id] == nil })
        }
    }

    /// See `KeyStore`.
    public func credentialRevision() async throws(StoreError) -> Int64 {
        try read { Int64($0.credentials.count + $0.revokedCredentials.count) }
    }

    /// See `KeyStore`.
    public func revoke(_ id: CredentialID, at time: NumericDate, audit: AuditEvent) async throws(StoreError) {
        try write([audit]) { content throws(StoreError) in try content.revoke(id, at: time) }
    }

    /// See `KeyStore`.
    public func append(_ event: AuditEvent) async throws(StoreError) {
        try write([event]) { _ throws(StoreError) in }
    }

    /// See `KeyStore`.
    public func audit(after sequence: Int64, limit: Int) async throws(StoreError) -> [RecordedEvent] {
        try read { Array($0.events.drop { $0.sequence <= sequence }.prefix(limit)) }
    }

    /// See `KeyStore`. The audit log stays as it is.
    public func compact(_ limits: CompactionLimits) async throws(StoreError) -> Bool {
        try requireOpen()
        let confirmed = data.nodes.live().map(\.number).min()
        return try data.content.withLock { content throws(StoreError) in
            try content.compact(limits, confirmed: confirmed)
        }
    }

    /// See `KeyStore`.
    public func holder(of id: KeyID) async throws(StoreError) -> KeyIDHolder? {
        try requireOpen()
        return try data.content.withLock { content throws(StoreError) in try content.holder(of: id) }
    }

    /// See `KeyStore`.
    public func release(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        try write([audit]) { content throws(StoreError) in try content.release(id, of: account, at: time) }
    }

    /// See `KeyStore`.
    public func readArchive() async throws(StoreError) -> ArchiveReading {
        try read { ArchiveReading($0.archive) }
    }

    /// See `KeyStore`.
    public func restore(
        _ archive: StoreArchive, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws(StoreError) {
        try requireOpen()
        try archive.check()
        try data.content.withLock { content throws(StoreError) in
            guard content.isPristine else { throw StoreError(.refused, "the store to write to is not empty") }
            content = try MemoryContent(archive)
        }
        progress(1, 1)
    }

    /// See `KeyStore`.
    public func close() async {
        isClosed.withLock { $0 = true }
    }

    private func read<Value: Sendable>(_ body: (MemoryContent) -> Value) throws(StoreError) -> Value {
        try requireOpen()
        return body(data.content.withLock { $0 })
    }

    /// All of it or nothing: `body` changes a copy.
    private func write<Value: Sendable>(
        _ audit: [AuditEvent], _ body: (inout MemoryContent) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        try requireOpen()
        return try data.content.withLock { content throws(StoreError) in
            var changed = content
            let value = try body(&changed)
            for event in audit { try changed.record(event) }
            content = changed
            return value
        }
    }

    private func requireOpen() throws(StoreError) {
        if isClosed.withLock({ $0 }) { throw StoreError(.unavailable, "the store is closed") }
    }
}

/// What nodes share.
private final class MemoryData: Sendable {
    let content = Mutex(MemoryContent())
    let nodes = LocalNodes()
}
