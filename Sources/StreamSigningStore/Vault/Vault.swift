public import StreamSigning
import StreamSigningFiles
internal import Synchronization

/// Seals the private halves that the service must keep: those of the accounts' own keys, for tokens it signs itself.
///
/// AES-256-GCM under the master key, with account and key id as associated data: a sealed half that is moved to another
/// row does not open. The master key may change while this runs: ``reload()`` finds the one that the store is under.
public final class Vault: Sendable {
    private let source: MasterKeySource
    private let store: any SealedKeyStore
    private let current: Mutex<MasterKey>

    /// The id of the master key that ``seal(_:account:)`` uses.
    public var masterKeyID: String { current.withLock { $0.id } }

    private init(_ source: MasterKeySource, _ store: any SealedKeyStore, _ key: MasterKey) {
        self.source = source
        self.store = store
        current = Mutex(key)
    }

    /// Finds the master key that goes with a store, or makes both of them new.
    /// - Parameter time: for the audit log.
    /// - Throws: ``VaultError``: `masterKeyUnusable`, `masterKeyMismatch`, `unavailable`.
    public static func open(
        _ source: MasterKeySource, for store: any SealedKeyStore, at time: NumericDate
    ) async throws(VaultError) -> Vault {
        do {
            return Vault(source, store, try await findKey(source, store, time))
        } catch let error as StoreError where error.code == .masterKeyChanged {
            // Another process that starts with us was first.
            return Vault(source, store, try await load(source, store))
        } catch {
            throw VaultError(error)
        }
    }

    private static func findKey(
        _ source: MasterKeySource, _ store: any SealedKeyStore, _ time: NumericDate
    ) async throws -> MasterKey {
        if let key = try await presentKey(source, store) { return key }
        func adopt(_ key: MasterKey) async throws {
            let id = try await store.masterKeyID()
            let event = AuditEvent(
                time: time, action: id == nil ? .masterKeyCreated : .masterKeyRotated, account: nil, subject: key.id,
                actor: "service")
            try await store.replace([], from: id, to: key.id, audit: event)
        }
        guard case .ownFile = source, let file = source.file else {
            let key = try source.load(matching: nil)
            try await adopt(key)
            return key
        }
        let lock = try FolderLock(folder: PrivateFile.folder(of: file.path))
        // Another process may have been quicker.
        if let key = try await presentKey(source, store) { return key }
        if try await store.masterKeyID() == nil {
            try file.requireNone()
        } else if let key = try file.load(matching: nil) {
            try await adopt(key)
            return key
        }
        let key = try MasterKey.generate()
        try file.stage(key)
        try await adopt(key)
        try file.commit()
        _ = consume lock
        return key
    }

    /// The master key that goes with the store.
    /// - Returns: nil if the store has none yet, or if the one it has is lost and nothing is sealed under it.
    private static func presentKey(
        _ source: MasterKeySource, _ store: any SealedKeyStore
    ) async throws -> MasterKey? {
        guard let id = try await store.masterKeyID() else { return nil }
        do throws(VaultError) {
            return try source.load(matching: id)
        } catch  where error.code == .masterKeyMismatch {
            // Where nothing is sealed, nothing is lost with the old key.
            guard try await store.sealedKeys().isEmpty else { throw error }
            return nil
        }
    }

    private static func load(_ source: MasterKeySource, _ store: any SealedKeyStore) async throws(VaultError)
        -> MasterKey
    {
        let id: String?
        do throws(StoreError) {
            id = try await store.masterKeyID()
        } catch {
            throw VaultError(error)
        }
        return try source.load(matching: id)
    }

    /// Takes over the master key that the store is under now, after `masterKeyChanged` or `masterKeyMismatch`.
    public func reload() async throws(VaultError) {
        let key = try await Self.load(source, store)
        current.withLock { $0 = key }
    }

    /// Encrypts a private half, for ``StoredKey/sealed``.
    public func seal(_ key: SigningKey, account: AccountID) throws(VaultError) -> SealedKey {
        try current.withLock { $0 }.seal(key, account: account)
    }

    /// Decrypts a private half.
    /// - Throws: ``VaultError``: `masterKeyMismatch` if it is under another master key than this holds; `sealBroken`.
    public func open(_ sealed: SealedKey) throws(VaultError) -> SigningKey {
        try current.withLock { $0 }.open(sealed)
    }
}

extension MasterKey {
    package func seal(_ key: SigningKey, account: AccountID) throws(VaultError) -> SealedKey {
        try VaultError.translating {
            let box = try SealedBox.seal(
                key.pkcs1DER(), under: bytes, associated: Self.associated(account: account, id: key.id))
            return SealedKey(account: account, id: key.id, masterKeyID: id, box: box)
        }
    }

    package func open(_ sealed: SealedKey) throws(VaultError) -> SigningKey {
        guard sealed.masterKeyID == id else {
            throw VaultError(.masterKeyMismatch, "the key \(sealed.id) is sealed under another master key")
        }
        do throws(KeyError) {
            let der = try SealedBox.open(
                sealed.box, under: bytes, associated: Self.associated(account: sealed.account, id: sealed.id))
            return try SigningKey(pkcs1DER: der, id: sealed.id)
        } catch {
            throw VaultError(
                error.code == .unavailable ? .unavailable : .sealBroken,
                "the private half of the key \(sealed.id) does not open: \(error.reason)")
        }
    }

    /// What a box belongs to. Account names have no zero byte, so no two pairs run together to the same bytes.
    private static func associated(account: AccountID, id: KeyID) -> [UInt8] {
        Array("stream-signing sealed key 1".utf8) + [0] + Array(account.rawValue.utf8) + [0]
            + Array(id.rawValue.utf8)
    }
}
