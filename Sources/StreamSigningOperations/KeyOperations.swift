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
    let importProof: ImportProof
    let quota: KeyQuota

    /// - Parameter importedKeys: what a key may be that a client sends.
    package init(
        store: any KeyStore, ready: ReadyKeys, work: AccountWork, signers: AccountSigners, ring: KeyRing,
        published: PublishedKeySets, agreement: NodeAgreement, quota: KeyQuota, importedKeys: KeyLimits,
        importProof: ImportProof = .off,
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
        self.quota = quota
        self.importProof = importProof
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
        } catch let error as ServiceError where [.keyLimitReached, .deletedKeyLimitReached].contains(error.code) {
            // Not after `unavailable`: then the key may have been stored.
            ready.giveBack(key)
            throw error
        }
        return created
    }

    /// Registers a customer's own key. A private half serves to derive the public one, and is wiped with `material`.
    /// - Parameters:
    ///   - proof: that the sender of the key has the private half, if only the public one is in `material`.
    ///   - pointer: where in the request `material` is.
    package func importKey(
        _ material: SecretBytes, id: String?, proof: KeyProof? = nil, at pointer: String, into account: AccountID,
        by caller: Caller
    ) async throws -> KeyListItem {
        let key = try await work.run(for: account) {
            let (key, isNamed) = try read(material, id: id, at: pointer)
            try requireProof(proof, of: key, isNamed: isNamed, from: material, in: account)
            return key
        }
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
        let wasRevoked = ring[id]?.isRevoked == true
        let number: ChangeNumber
        do {
            number = try await store.revoke(
                id, of: account, at: time,
                audit: caller.event(.keyDeleted, at: time, in: account, subject: id.rawValue))
        } catch {
            throw error.refusal(quota)
        }
        await forget(id, of: account, wasRevoked: wasRevoked, at: number)
        return number
    }

    /// Stops trusting a key that was just deleted, and signing with it.
    /// - Parameter wasRevoked: whether this node took it for deleted before: then its id was released, and given to another.
    func forget(_ id: KeyID, of account: AccountID, wasRevoked: Bool, at number: ChangeNumber) async {
        ring.revoke(id, of: account)
        signers.forget(id, of: account)
        if wasRevoked { await followRelease(before: number) }
    }

    /// The key, under the name that was given, its own, or else a new one: one derived from the key would collide with the same
    /// key elsewhere. And whether the sender chose its id.
    private func read(
        _ material: SecretBytes, id: String?, at pointer: String
    ) throws -> (key: VerificationKey, isNamed: Bool) {
        do throws(KeyError) {
            let name: KeyID? = if let id { try KeyID(id) } else { nil }
            return try material.withUnsafeBytes { text throws(KeyError) in
                let key = try VerificationKey(importing: text, id: name, limits: importedKeys)
                return key.hasDerivedID ? (key.renamed(try KeyID.random()), false) : (key, true)
            }
        } catch {
            throw ServiceError.invalidRequest(error.reason, at: error.code == .invalidKeyID ? "/id" : pointer)
        }
    }

    private func insert(_ key: StoredKey, _ action: AuditEvent.Action, by caller: Caller) async throws {
        let event = try caller.event(action, at: key.created, in: key.account, subject: key.key.id.rawValue).adding(
            key.key, of: key.account)
        let number: ChangeNumber
        do {
            number = try await store.insert(key, quota: quota, audit: event)
        } catch {
            throw error.refusal(quota)
        }
        ring.add(key.key, of: key.account)
        if ring[key.key.id]?.isRevoked == true { await followRelease(before: number) }
    }

    /// The store has taken a key under an id that this node knows as that of a deleted key: the operator has freed it, and
    /// the change that says so is on its way here. It and those after it must come in their order, or the deletion of one key
    /// would be taken for that of the other.
    private func followRelease(before number: ChangeNumber) async {
        await ring.bell.wait(atMost: .seconds(2)) { [ring] in ring.number >= number }
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
