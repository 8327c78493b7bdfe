package import StreamSigning
package import StreamSigningKeyRing
package import StreamSigningStore
import StreamSigningThreads
import Synchronization

/// The signers of the accounts' own keys, for requests that bring no key. An account's key is made on first use, sealed in the
/// store, and opened once. ``ServiceKeySchedule`` says which of several signs.
package final class AccountSigners: Sendable {
    private let keys: SealedServiceKeys
    private let ready: ReadyKeys
    private let ring: KeyRing
    private let quota: KeyQuota
    private let now: @Sendable () -> NumericDate
    private let cache = Mutex(Cache())
    private let making = SingleFlight<AccountID, TokenSigner>(on: WorkThreads.keys)

    private struct Cache {
        var turns: [AccountID: Turn] = [:]
        /// Counts deletions, so that a key that was read before one does not stay after it.
        var deletions = 0
    }

    private struct Turn {
        let signer: TokenSigner
        /// It signs at least until then.
        let end: NumericDate
        /// When to ask the store for the next.
        var renewal: NumericDate
    }

    /// How long a store that does not answer is left alone.
    private static let pause: Duration = .seconds(30)

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
        let time = now()
        // The ring is the first to know that another process deleted a key, or has even freed its id since.
        guard let turn = cache.withLock({ $0.turns[account] }), time < turn.end,
            ring[turn.signer.key.id]?.isRevoked == false
        else { return try await open(account, at: time) }
        guard time >= turn.renewal else { return turn.signer }
        do {
            return try await open(account, at: time)
        } catch is StoreError {
            cache.withLock { $0.turns[account]?.renewal = time + Self.pause }
            return turn.signer
        }
    }

    /// Drops the signer of a deleted key: the next token gets another key.
    func forget(_ id: KeyID, of account: AccountID) {
        cache.withLock { cache in
            cache.deletions += 1
            if cache.turns[account]?.signer.key.id == id { cache.turns[account] = nil }
        }
    }

    private func open(_ account: AccountID, at time: NumericDate) async throws -> TokenSigner {
        try await making.run(account) { [self] in
            let deletions = cache.withLock { $0.deletions }
            let (key, end) = try await openOrMake(account, at: time)
            ring.add(key.verificationKey.signingSessions(), of: account)
            let signer = TokenSigner(key: key)
            let renewal = min(end, time + ServiceKeySchedule.lead / 2)
            cache.withLock { cache in
                guard cache.deletions == deletions else { return }
                cache.turns[account] = Turn(signer: signer, end: end, renewal: renewal)
            }
            return signer
        }
    }

    private func openOrMake(
        _ account: AccountID, at time: NumericDate
    ) async throws -> (key: SigningKey, end: NumericDate) {
        // Each time round, somebody else has added or deleted a key meanwhile.
        for _ in 0..<3 {
            // In steps, because the compiler of Swift 6.3 crashes on conditions that wait and throw.
            let present = try await keys.keys(of: account)
            guard let turn = ServiceKeySchedule.turn(among: present, at: time) else {
                let made = try await make(for: account, after: nil, at: time)
                if let made { return (made, time + ServiceKeySchedule.lead) }
                continue
            }
            let key = try await keys.open(turn.key)
            if let key { return (key, turn.until) }
        }
        throw StoreError(.unavailable, "the account's own key changes faster than it can be read")
    }

    /// Makes a key of the account's own.
    /// - Parameter predecessor: the newest one that it has; nil for none.
    /// - Returns: nil if somebody else has made one by now.
    func make(for account: AccountID, after predecessor: KeyID?, at time: NumericDate) async throws -> SigningKey? {
        let key = try await ready.take(for: account)
        let event = try AuditEvent(
            time: time, action: .serviceKeyCreated, account: account, subject: key.id.rawValue, actor: "service"
        ).adding(key.verificationKey, of: account)
        let isAdopted: Bool
        do throws(StoreError) {
            isAdopted = try await keys.adopt(
                key, after: predecessor, for: account, at: time, quota: quota, audit: event)
        } catch {
            if error.code == .limitReached { ready.giveBack(key) }
            throw error.refusal(quota)
        }
        guard isAdopted else {
            ready.giveBack(key)
            return nil
        }
        ring.add(key.verificationKey.signingSessions(), of: account)
        return key
    }
}
