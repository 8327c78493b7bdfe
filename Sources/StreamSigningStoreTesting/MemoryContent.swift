internal import StreamSigning
import StreamSigningStore

/// What a ``MemoryKeyStore`` holds, and how it changes.
struct MemoryContent: Sendable {
    struct Key: Sendable {
        let account: AccountID
        let key: StoredPublicKey
        let created: NumericDate
        let origin: StoredKey.Origin
        var sealed: SealedKey?
        var revoked: NumericDate?
        var state = KeyState()
        /// The change that says the state; nil if none does.
        var stateChange: ChangeNumber?
        var use: KeyUse?
        var isRevoked: Bool { revoked != nil }
    }

    var keys: [Key] = []
    var changes: [StoreChange] = []
    /// Every change up to this one was looked at.
    var compactedChange: Int64 = 0
    /// The fingerprints of compacted ids and keys.
    var compactedFingerprints: Set<KeyFingerprint> = []
    var compacted = CompactedKeys()
    var revocations: [StoredRevocation] = []
    var masterKeyID: String?
    var credentials: [StoredCredential] = []
    var revokedCredentials: [CredentialID: NumericDate] = [:]
    var events: [RecordedEvent] = []

    func live(_ account: AccountID) -> [Key] {
        keys.filter { $0.account == account && !$0.isRevoked }
    }

    var snapshot: KeySnapshot {
        KeySnapshot(
            number: changes.last?.number ?? ChangeNumber(rawValue: 0),
            keys: keys.filter { !$0.isRevoked }.map { ($0.account, $0.key) },
            revoked: keys.filter(\.isRevoked).map { ($0.account, $0.key.id) },
            compacted: compacted.accounts,
            revocations: Dictionary(grouping: revocations.filter { $0.lifted == nil }, by: \.account)
                .mapValues { RevocationSet($0.map(\.revocation.withoutReason)) },
            states: Dictionary(
                keys.filter { !$0.isRevoked && $0.state.differsInUse(from: KeyState()) }
                    .map { ($0.key.id, KeyState(isEnabled: $0.state.isEnabled, expires: $0.state.expires)) }
            ) { $1 })
    }

    /// In the order they were added.
    var serviceKeys: [ServiceKey] {
        keys.filter { $0.origin == .service && $0.sealed != nil }
            .map { ServiceKey(account: $0.account, id: $0.key.id, created: $0.created) }
    }

    mutating func insert(_ new: StoredKey, _ quota: KeyQuota) throws(StoreError) -> ChangeNumber {
        let key: StoredPublicKey
        do throws(KeyError) {
            key = try StoredPublicKey(new.key)
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
        let isTaken = keys.contains { old in
            old.key.id == key.id || old.account == new.account && old.key.isSameKey(as: key)
        }
        let newest = live(new.account).last { $0.origin == .service && $0.sealed != nil }?.key.id
        let isLate = new.origin == .service && newest != new.predecessor
        let isCompacted = try !compactedFingerprints.isDisjoint(with: fingerprints(new.account, key))
        guard !isTaken, !isCompacted, !isLate else {
            throw StoreError(.keyExists, "the id or the key is or was in use")
        }
        guard live(new.account).count < quota.keys else {
            throw StoreError(.limitReached, "the account has \(quota.keys) keys")
        }
        guard deletedCount(new.account) < quota.deletedKeys else {
            throw StoreError(.deletedLimitReached, "the account has deleted \(quota.deletedKeys) keys")
        }
        guard new.sealed == nil || new.sealed?.masterKeyID == masterKeyID else {
            throw StoreError(.masterKeyChanged, "the store is under another master key")
        }
        let created = NumericDate(microseconds: new.created.microseconds)
        keys.append(Key(account: new.account, key: key, created: created, origin: new.origin, sealed: new.sealed))
        return change(new.account, .added(key), at: created)
    }

    mutating func revoke(
        _ id: KeyID, of account: AccountID, at time: NumericDate
    ) throws(StoreError) -> ChangeNumber {
        let index = keys.firstIndex { $0.key.id == id && $0.account == account && !$0.isRevoked }
        guard let index else { throw StoreError(.notFound, "the account has no key of that id") }
        let revoked = NumericDate(microseconds: time.microseconds)
        keys[index].revoked = revoked
        keys[index].sealed = nil
        let number = change(account, .revoked(id), at: revoked)
        if let former = keys[index].stateChange { forget(EndedChanges([former]), at: revoked) }
        (keys[index].state, keys[index].stateChange, keys[index].use) = (KeyState(), nil, nil)
        return number
    }

    mutating func replace(_ sealed: [SealedKey], from old: String?, to new: String) throws(StoreError) {
        guard masterKeyID == old, sealed.allSatisfy({ $0.masterKeyID == new }) else {
            throw StoreError(.masterKeyChanged, "the store is under another master key")
        }
        for index in keys.indices where keys[index].sealed != nil {
            let next = sealed.first { $0.id == keys[index].key.id && $0.account == keys[index].account }
            guard let next else {
                throw StoreError(.masterKeyChanged, "there are sealed keys that are still under the old master key")
            }
            keys[index].sealed = next
        }
        masterKeyID = new
    }

    mutating func insert(_ credential: StoredCredential) throws(StoreError) {
        guard !credentials.contains(where: { $0.id == credential.id || $0.hash == credential.hash }) else {
            throw StoreError(.keyExists, "there is or was such a credential")
        }
        credentials.append(credential)
    }

    mutating func revoke(_ id: CredentialID, at time: NumericDate) throws(StoreError) {
        guard credentials.contains(where: { $0.id == id }), revokedCredentials[id] == nil else {
            throw StoreError(.notFound, "there is no credential of that id")
        }
        revokedCredentials[id] = NumericDate(microseconds: time.microseconds)
    }

    mutating func record(_ event: AuditEvent) throws(StoreError) {
        let sequence = Int64(events.count) + 1
        do throws(KeyError) {
            let digest = try AuditChain.digest(
                of: event, sequence: sequence, after: events.last?.digest ?? AuditChain.start)
            events.append(RecordedEvent(sequence: sequence, event: event, digest: digest))
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
    }

    mutating func change(
        _ account: AccountID, _ content: StoreChange.Content, at time: NumericDate
    ) -> ChangeNumber {
        let number = ChangeNumber(rawValue: (changes.last?.number.rawValue ?? 0) + 1)
        changes.append(StoreChange(number: number, account: account, content: content, time: time))
        return number
    }
}
