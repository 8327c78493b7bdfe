package import StreamSigning
package import StreamSigningKeyRing
package import StreamSigningStore
import StreamSigningThreads
import Synchronization

/// The signers of the accounts' own keys, for requests that bring no key. An account's key is made on first use, sealed in the
/// store, and opened once.
package final class AccountSigners: Sendable {
    private let keys: SealedServiceKeys
    private let ready: ReadyKeys
    private let ring: KeyRing
    private let quota: KeyQuota
    private let now: @Sendable () -> NumericDate
    private let cache = Mutex(Cache())
    private let making = SingleFlight<AccountID, TokenSigner>(on: WorkThreads.keys)

    private struct Cache {
        var signers: [AccountID: TokenSigner] = [:]
        /// Counts deletions, so that a key that was read before one does not stay after it.
        var deletions = 0
    }

    package init(
        keys: SealedServiceKeys, ready: ReadyKeys, ring: KeyRing, quota: KeyQuota,
        now: @escaping @Sendable () -> NumericDate
    ) {
        self.keys = keys
        self.ready = ready
        self.ring = ring
        self.quota = quota
        self.now = now
    }

    /// - Throws: ``ServiceError``: `keyDisabled` while the account's own key is disabled.
    package func signer(for account: AccountID) async throws -> TokenSigner {
        let signer = try await present(account)
        guard ring[signer.key.id]?.isUsable(at: now()) != false else { throw ServiceError.keyDisabled }
        return signer
    }

    private func present(_ account: AccountID) async throws -> TokenSigner {
        // The ring is the first to know that another process deleted a key, or has even freed its id since.
        if let signer = cache.withLock({ $0.signers[account] }), ring[signer.key.id]?.isRevoked == false {
            return signer
        }
        return try await making.run(account) { [self] in
            let deletions = cache.withLock { $0.deletions }
            let key = try await openOrMake(account)
            ring.add(key.verificationKey.signingSessions(), of: account)
            let signer = TokenSigner(key: key)
            cache.withLock { cache in
                if cache.deletions == deletions { cache.signers[account] = signer }
            }
            return signer
        }
    }

    /// Drops the signer of a deleted key: the next token gets another key.
    func forget(_ id: KeyID, of account: AccountID) {
        cache.withLock { cache in
            cache.deletions += 1
            if cache.signers[account]?.key.id == id { cache.signers[account] = nil }
        }
    }

    private func openOrMake(_ account: AccountID) async throws -> SigningKey {
        if let key = try await keys.key(of: account) { return key }
        let key = try await ready.take(for: account)
        let time = now()
        let event = AuditEvent(
            time: time, action: .serviceKeyCreated, account: account, subject: key.id.rawValue, actor: "service")
        do throws(StoreError) {
            return try await keys.adopt(key, for: account, at: time, quota: quota, audit: event).key
        } catch {
            if error.code == .limitReached { ready.giveBack(key) }
            throw error.refusal(quota)
        }
    }
}
