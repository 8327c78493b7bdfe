public import StreamSigning
import StreamSigningFiles

/// Replaces the master key, and seals everything again under the new one.
///
/// It may be interrupted anywhere (see `MasterKeyFile`). Services may keep running: they notice and load the new key.
public struct MasterKeyRotation: Sendable {
    /// What was done.
    public struct Outcome: Sendable, Hashable {
        /// The id of the key that no longer opens anything.
        public let old: String?
        /// The id of the key that counts from now on.
        public let new: String
        /// How many private halves were sealed again.
        public let count: Int
        /// The keys whose private halves do not open, not even before: they stay as they are, and are of no use.
        public let unreadable: [KeyID]
    }

    /// The points between two steps, where tests cut it off.
    package enum Step: CaseIterable, Sendable {
        case staged, replaced, done
    }

    private let store: any SealedKeyStore
    private let source: MasterKeySource
    private let reached: @Sendable (Step) throws -> Void

    /// - Parameters:
    ///   - store: what is to be sealed again.
    ///   - source: where the present key is. A file gets the new key.
    public init(_ store: any SealedKeyStore, _ source: MasterKeySource) {
        self.init(store, source) { _ in }
    }

    package init(
        _ store: any SealedKeyStore, _ source: MasterKeySource, reached: @escaping @Sendable (Step) throws -> Void
    ) {
        self.store = store
        self.source = source
        self.reached = reached
    }

    /// - Parameters:
    ///   - key: the new key; nil makes one. If the present key comes from the environment, it must be given: a
    ///     new one that was made here would be lost.
    ///   - audit: the event to record.
    /// - Throws: ``VaultError``. After `unavailable` the old key may still count or the new one already: running it again
    ///   goes on from there.
    public func run(to key: MasterKey? = nil, audit: AuditEvent) async throws(VaultError) -> Outcome {
        do {
            return try await rotate(to: key, audit)
        } catch {
            throw VaultError(error)
        }
    }

    private func rotate(to key: MasterKey?, _ audit: AuditEvent) async throws -> Outcome {
        guard let file = source.file else {
            guard let key else {
                throw VaultError(
                    .masterKeyUnusable, "a master key from the environment is replaced by one that you give")
            }
            return try await reseal(to: key, audit)
        }
        let lock = try FolderLock(folder: PrivateFile.folder(of: file.path))
        let key = try key ?? MasterKey.generate()
        if let id = try await store.masterKeyID() {
            // Before anything is staged: a change that was cut off has its key there.
            _ = try source.load(matching: id)
        } else if case .ownFile = source {
            try file.requireNone()
        }
        try file.stage(key)
        try reached(.staged)
        let outcome = try await reseal(to: key, audit)
        try reached(.replaced)
        // A service that runs may have done it already.
        if try file.load(matching: key.id)?.id != key.id { try file.commit() }
        try reached(.done)
        _ = consume lock
        return outcome
    }

    private func reseal(to new: MasterKey, _ audit: AuditEvent) async throws -> Outcome {
        let id = try await store.masterKeyID()
        // Without one, nothing is sealed.
        let old = try id.map { try source.load(matching: $0) }
        guard old?.id != new.id else {
            throw VaultError(.masterKeyUnusable, "the new master key is the present one (id \(new.id))")
        }
        var attempts = 0
        while true {
            var (keys, unreadable): ([SealedKey], [KeyID]) = ([], [])
            for sealed in try await store.sealedKeys() {
                do throws(VaultError) {
                    guard let old else { throw VaultError(.sealBroken, "sealed under no master key") }
                    keys.append(try new.seal(old.open(sealed), account: sealed.account))
                } catch {
                    guard error.code == .sealBroken else { throw error }
                    // It keeps nobody else from a new key.
                    unreadable.append(sealed.id)
                    keys.append(
                        SealedKey(account: sealed.account, id: sealed.id, masterKeyID: new.id, box: sealed.box))
                }
            }
            do throws(StoreError) {
                try await store.replace(keys, from: id, to: new.id, audit: audit)
                return Outcome(old: id, new: new.id, count: keys.count - unreadable.count, unreadable: unreadable)
            } catch {
                // A service has made a key since; it makes few of them.
                attempts += 1
                guard error.code == .masterKeyChanged, attempts < 10, try await store.masterKeyID() == id else {
                    throw error
                }
            }
        }
    }
}
