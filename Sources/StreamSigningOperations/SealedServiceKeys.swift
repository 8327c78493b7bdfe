package import StreamSigning
package import StreamSigningStore

/// The accounts' own keys, sealed in the store: the service signs with them when a token request brings no key.
package struct SealedServiceKeys: Sendable {
    private let store: any SigningKeyStore & SealedKeyStore
    private let vault: Vault

    /// The keys of a store, opened by a vault.
    package init(_ store: any SigningKeyStore & SealedKeyStore, _ vault: Vault) {
        self.store = store
        self.vault = vault
    }

    /// The account's own keys that are not deleted, the oldest first.
    package func keys(of account: AccountID) async throws(StoreError) -> [ServiceKey] {
        try await store.serviceKeys(of: account)
    }

    /// The key to sign with; nil if it was deleted.
    /// - Throws: ``StoreError``: `unavailable`, `corrupt` if what is sealed does not open, or `masterKeyChanged` if this machine does
    ///   not have the master key that it is under.
    package func open(_ key: ServiceKey) async throws(StoreError) -> SigningKey? {
        guard let sealed = try await store.sealedKey(key.id, of: key.account) else { return nil }
        do throws(VaultError) {
            if sealed.masterKeyID != vault.masterKeyID { try await vault.reload() }
            return try vault.open(sealed)
        } catch {
            throw StoreError(error)
        }
    }

    /// Makes a key the account's newest.
    /// - Parameters:
    ///   - key: a new key.
    ///   - predecessor: the account's newest key so far; nil if it has none.
    ///   - quota: how many keys the account may have with this one.
    /// - Returns: whether it is; not if another was faster.
    /// - Throws: ``StoreError``: `limitReached`, `deletedLimitReached`, `unavailable`, `corrupt`.
    package func adopt(
        _ key: SigningKey, after predecessor: KeyID? = nil, for account: AccountID, at time: NumericDate,
        quota: KeyQuota, audit: AuditEvent
    ) async throws(StoreError) -> Bool {
        var attempts = 0
        while true {
            let sealed: SealedKey
            do throws(VaultError) {
                sealed = try vault.seal(key, account: account)
            } catch {
                throw StoreError(error)
            }
            let stored = StoredKey(
                account: account, key: key.verificationKey, created: time, origin: .service, sealed: sealed,
                predecessor: predecessor)
            do throws(StoreError) {
                _ = try await store.insert(stored, quota: quota, audit: audit)
                return true
            } catch {
                if error.code == .keyExists { return false }
                attempts += 1
                guard error.code == .masterKeyChanged, attempts < 3 else { throw error }
            }
            do throws(VaultError) {
                try await vault.reload()
            } catch {
                throw StoreError(error)
            }
        }
    }
}

extension StoreError {
    fileprivate init(_ error: VaultError) {
        let code: Code =
            switch error.code {
            case .sealBroken: .corrupt
            case .masterKeyMismatch, .masterKeyUnusable: .masterKeyChanged
            default: .unavailable
            }
        self.init(code, error.reason)
    }
}
