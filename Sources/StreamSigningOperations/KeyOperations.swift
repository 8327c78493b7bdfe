package import StreamSigning
package import StreamSigningKeyRing
package import StreamSigningStore
package import StreamSigningWire

/// What the API does with keys and tokens, without HTTP. When an operation returns, its change is durable and in force on
/// this node.
package struct KeyOperations: Sendable {
    package let store: any KeyStore
    package let ready: ReadyKeys
    package let work: AccountWork
    package let ring: KeyRing
    package let published: PublishedKeySets
    package let agreement: NodeAgreement
    package let now: @Sendable () -> NumericDate
    let signers: AccountSigners
    let importedKeys: KeyLimits
    private let keysPerAccount: Int

    /// - Parameter importedKeys: what a key may be that a client sends.
    package init(
        store: any KeyStore, ready: ReadyKeys, work: AccountWork, signers: AccountSigners, ring: KeyRing,
        published: PublishedKeySets, agreement: NodeAgreement, keysPerAccount: Int, importedKeys: KeyLimits,
        now: @escaping @Sendable () -> NumericDate
    ) {
        self.store = store
        self.ready = ready
        self.work = work
        self.importedKeys = importedKeys
        self.signers = signers
        self.ring = ring
        self.published = published
        self.agreement = agreement
        self.keysPerAccount = keysPerAccount
        self.now = now
    }

    /// Who made a request, for the audit log.
    package struct Caller: Sendable {
        let credential: CredentialID
        let address: String?

        package init(credential: CredentialID, address: String?) {
            self.credential = credential
            self.address = address
        }
    }

    /// Makes a key. Its private half is in the answer, and nowhere else.
    package func create(in account: AccountID, by caller: Caller) async throws -> CreatedKey {
        let key = try await ready.take(for: account)
        // Before it is stored: a key that cannot be handed out must not count.
        let created = try CreatedKey(key: key, created: now())
        do {
            try await insert(
                StoredKey(account: account, key: key.verificationKey, created: created.created, origin: .created),
                .keyCreated, by: caller)
        } catch let error as ServiceError where error.code == .keyLimitReached {
            // Not after `unavailable`: then the key may have been stored.
            ready.giveBack(key)
            throw error
        }
        return created
    }

    /// Registers a customer's own key. A private half serves to derive the public one, and is wiped with `material`.
    /// - Parameter pointer: where in the request `material` is.
    package func importKey(
        _ material: SecretBytes, id: String?, at pointer: String, into account: AccountID, by caller: Caller
    ) async throws -> KeyListItem {
        let key = try await work.run(for: account) { try read(material, id: id, at: pointer) }
        // Nobody could delete such a key: clients take the first two for steps along the path, even if they are encoded, and
        // the third is the path of the key set.
        guard ![".", "..", "jwks.json"].contains(key.id.rawValue) else {
            throw ServiceError.invalidRequest("'\(key.id)' cannot be the id of a key", at: "/id")
        }
        let created = now()
        try await insert(
            StoredKey(account: account, key: key, created: created, origin: .imported), .keyImported, by: caller)
        return KeyListItem(id: key.id, created: created)
    }

    package func list(_ account: AccountID) async throws -> [KeyListItem] {
        let time = now()
        return try await store.details(in: account).map { KeyListItem($0, at: time) }
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
                audit: caller.event(.keyDeleted, at: time, in: account, subject: id.rawValue))
        } catch {
            throw error.refusal(limit: keysPerAccount)
        }
        forget(id, of: account)
        return number
    }

    /// Trusts a key no longer that was just deleted, and signs nothing with it.
    func forget(_ id: KeyID, of account: AccountID) {
        ring.revoke(id, of: account)
        signers.forget(id, of: account)
    }

    /// - Returns: the key, under the name that was given, its own, or else a new one: one derived from the key would collide with
    ///   the same key elsewhere.
    private func read(_ material: SecretBytes, id: String?, at pointer: String) throws -> VerificationKey {
        do throws(KeyError) {
            let name: KeyID? = if let id { try KeyID(id) } else { nil }
            return try material.withUnsafeBytes { text throws(KeyError) in
                let key = try VerificationKey(importing: text, id: name, limits: importedKeys)
                return key.hasDerivedID ? key.renamed(try KeyID.random()) : key
            }
        } catch {
            throw ServiceError.invalidRequest(error.reason, at: error.code == .invalidKeyID ? "/id" : pointer)
        }
    }

    private func insert(_ key: StoredKey, _ action: AuditEvent.Action, by caller: Caller) async throws {
        let event = caller.event(action, at: key.created, in: key.account, subject: key.key.id.rawValue)
        do {
            _ = try await store.insert(key, limit: keysPerAccount, audit: event)
        } catch {
            throw error.refusal(limit: keysPerAccount)
        }
        ring.add(key.key, of: key.account)
    }
}

extension KeyOperations.Caller {
    /// What the audit log says of something that the caller does.
    /// - Parameter subject: the id of what it is done to.
    func event(
        _ action: AuditEvent.Action, at time: NumericDate, in account: AccountID, subject: String
    ) -> AuditEvent {
        AuditEvent(
            time: time, action: action, account: account, subject: subject, actor: credential.rawValue,
            address: address)
    }
}
