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

    /// The account's own key; nil if it has none, or deleted it.
    /// - Throws: ``StoreError``: `unavailable`, or `corrupt` if what is sealed does not open.
    package func key(of account: AccountID) async throws(StoreError) -> SigningKey? {
        guard let sealed = try await store.sealedKey(of: account) else { return nil }
        do throws(VaultError) {
            if sealed.masterKeyID != vault.masterKeyID { try await vault.reload() }
            return try vault.open(sealed)
        } catch {
            throw StoreError(error)
        }
    }

    /// Makes a key the account's own, unless it has one by now.
    /// - Parameters:
    ///   - key: a new key.
    ///   - quota: how many keys the account may have with this one.
    /// - Returns: the key to sign with: `key`, and the number of the change; or the one that was there before, and nil.
    /// - Throws: ``StoreError``: `limitReached`, `deletedLimitReached`, `keyExists`, `unavailable`, `corrupt`.
    package func adopt(
        _ key: SigningKey, for account: AccountID, at time: NumericDate, quota: KeyQuota, audit: AuditEvent
    ) async throws(StoreError) -> (key: SigningKey, change: ChangeNumber?) {
        var attempts = 0
        while true {
            let sealed: SealedKey
            do throws(VaultError) {
                sealed = try vault.seal(key, account: account)
            } catch {
                throw StoreError(error)
            }
            let stored = StoredKey(
                account: account, key: key.verificationKey, created: time, origin: .service, sealed: sealed)
            do throws(StoreError) {
                return (key, try await store.insert(stored, quota: quota, audit: audit))
            } catch {
                if error.code == .keyExists, let present = try await self.key(of: account) { return (present, nil) }
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
        self.init(error.code == .sealBroken ? .corrupt : .unavailable, error.reason)
    }
}
