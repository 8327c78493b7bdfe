import Logging
package import StreamSigning
package import StreamSigningKeyRing
package import StreamSigningStore
import StreamSigningWire

/// What the API does with keys and tokens, without HTTP: each operation is durable, and in force, when it returns.
package struct KeyService: Sendable {
    package let store: any KeyStore
    package let ready: ReadyKeys
    package let accountKeys: AccountKeys
    package let ring: KeyRing
    package let published: PublishedKeySets
    package let agreement: NodeAgreement
    package let keysPerAccount: Int
    package let now: @Sendable () -> NumericDate

    package init(
        store: any KeyStore, ready: ReadyKeys, accountKeys: AccountKeys, ring: KeyRing, published: PublishedKeySets,
        agreement: NodeAgreement, keysPerAccount: Int, now: @escaping @Sendable () -> NumericDate
    ) {
        self.store = store
        self.ready = ready
        self.accountKeys = accountKeys
        self.ring = ring
        self.published = published
        self.agreement = agreement
        self.keysPerAccount = keysPerAccount
        self.now = now
    }

    /// Who asks, for the audit log.
    package struct Caller: Sendable {
        package let credential: CredentialID
        package let address: String?

        package init(credential: CredentialID, address: String?) {
            self.credential = credential
            self.address = address
        }
    }

    package struct Created: Sendable {
        package let key: SigningKey
        package let created: NumericDate
    }

    /// Makes a key. Its private half is in the answer, and nowhere else.
    package func create(in account: AccountID, by caller: Caller) async throws -> Created {
        let key = try await ready.take()
        let created = now()
        do {
            try await insert(
                StoredKey(account: account, key: key.verificationKey, created: created, origin: .created),
                .keyCreated, by: caller)
        } catch let error as ServiceError where error.code == .keyLimitReached {
            // Not after `unavailable`: then the key may have been stored.
            ready.giveBack(key)
            throw error
        }
        return Created(key: key, created: created)
    }

    /// Registers a key of the customer's. A private half serves to derive the public one and is wiped with `material`.
    /// - Parameter pointer: where in the request `material` stands.
    package func importKey(
        _ material: SecretBytes, id: String?, at pointer: String, into account: AccountID, by caller: Caller
    ) async throws -> KeyListing {
        let key = try await offEventLoop { try read(material, id: id, at: pointer) }
        // Clients take the first two for steps along the path, however they are encoded, and the third is a path of
        // ours: nobody could delete the key.
        guard ![".", "..", "jwks.json"].contains(key.id.rawValue) else {
            throw ServiceError.invalidRequest("'\(key.id)' cannot be the id of a key", at: "/id")
        }
        let created = now()
        try await insert(
            StoredKey(account: account, key: key, created: created, origin: .imported), .keyImported, by: caller)
        return KeyListing(id: key.id, created: created)
    }

    package func list(_ account: AccountID) async throws -> [KeyListing] {
        try await store.keys(of: account)
    }

    /// Deletes a key, which revokes every token it signed.
    /// - Returns: the change that other nodes have to take over.
    package func delete(
        _ identifier: String, of account: AccountID, by caller: Caller
    ) async throws -> ChangeNumber {
        guard let id = try? KeyID(identifier) else { throw ServiceError.keyNotFound }
        let time = now()
        let number: ChangeNumber
        do {
            number = try await store.revoke(
                id, of: account, at: time,
                audit: event(.keyDeleted, at: time, account: account, subject: id, by: caller))
        } catch {
            throw error.refusal(limit: keysPerAccount)
        }
        ring.revoke(id, of: account)
        accountKeys.forget(id, of: account)
        return number
    }

    private func read(_ material: SecretBytes, id: String?, at pointer: String) throws -> VerificationKey {
        do throws(KeyError) {
            let name: KeyID? = if let id { try KeyID(id) } else { nil }
            return try material.withUnsafeBytes { text throws(KeyError) in
                let key = try VerificationKey(importing: text, id: name)
                guard !key.hasDerivedID || name != nil else {
                    return try VerificationKey(importing: text, id: KeyID.random())
                }
                return key
            }
        } catch {
            throw ServiceError.invalidRequest(error.reason, at: error.code == .invalidKeyID ? "/id" : pointer)
        }
    }

    private func insert(_ key: StoredKey, _ action: AuditEvent.Action, by caller: Caller) async throws {
        let event = event(action, at: key.created, account: key.account, subject: key.key.id, by: caller)
        do {
            _ = try await store.insert(key, limit: keysPerAccount, audit: event)
        } catch {
            throw error.refusal(limit: keysPerAccount)
        }
        ring.add(key.key, of: key.account)
    }

    private func event(
        _ action: AuditEvent.Action, at time: NumericDate, account: AccountID, subject: KeyID, by caller: Caller
    ) -> AuditEvent {
        AuditEvent(
            time: time, action: action, account: account, subject: subject.rawValue,
            actor: caller.credential.rawValue, address: caller.address)
    }
}
