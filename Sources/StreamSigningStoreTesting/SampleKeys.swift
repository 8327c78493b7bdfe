package import StreamSigning
package import StreamSigningStore

/// Keys and credentials to put into stores: quick to make, and good for nothing else.
package enum Sample {
    package static let time: NumericDate = 1_760_000_000

    package static func account(_ name: String = "a") -> AccountID {
        AccountID(valid: name)
    }

    /// A public key without a private half: a random odd modulus. Making a real one takes
    /// 120 ms.
    package static func publicKey(id: KeyID? = nil) throws -> VerificationKey {
        var modulus = try RandomBytes.make(count: 256)
        modulus[0] |= 0x80
        modulus[255] |= 1
        let text = modulus.withUnsafeBytes { Base64.url.encode($0) }
        return try VerificationKey(
            importing: #"{"kty":"RSA","n":"\#(text)","e":"AQAB"}"#, id: try id ?? KeyID.random())
    }

    package static func key(
        _ key: VerificationKey? = nil, of account: AccountID = account(), at created: NumericDate = time,
        origin: StoredKey.Origin = .created, sealed: SealedKey? = nil, after predecessor: KeyID? = nil
    ) throws -> StoredKey {
        StoredKey(
            account: account, key: try key ?? publicKey(), created: created, origin: origin, sealed: sealed,
            predecessor: predecessor)
    }

    /// A service key with something in the place of its sealed half.
    package static func serviceKey(
        of account: AccountID = account(), at created: NumericDate = time, under masterKeyID: String,
        after predecessor: KeyID? = nil
    ) throws -> StoredKey {
        let key = try publicKey()
        let sealed = SealedKey(
            account: account, id: key.id, masterKeyID: masterKeyID, box: try RandomBytes.make(count: 48))
        return try self.key(
            key, of: account, at: created, origin: .service, sealed: sealed, after: predecessor)
    }

    package static func credential(
        _ account: AccountID = account(), role: StoredCredential.Role = .write
    ) throws -> StoredCredential {
        try NewCredential(account: account, role: role, at: time).stored
    }

    /// A revocation that ends `lifetime` after ``time``.
    package static func revocation(
        _ kind: RevocationSubject.Kind = .viewer, _ id: String = "viewer 7", for lifetime: Duration = .seconds(3_600),
        reason: String? = nil
    ) throws -> Revocation {
        try RevocationRequest(RevocationSubject(kind, id), until: time + lifetime, reason: reason)
            .revocation(id: .random(), at: time)
    }

    package static func event(
        _ action: AuditEvent.Action = .keyCreated, subject: String? = nil, at time: NumericDate = time
    ) -> AuditEvent {
        AuditEvent(
            time: time, action: action, account: account(), subject: subject, actor: "test", address: "192.0.2.1")
    }
}

/// Short forms for the contract, which rarely cares for the audit event or the limit.
extension KeyStore {
    @discardableResult
    package func add(_ key: StoredKey, limit: Int = 1_000) async throws(StoreError) -> ChangeNumber {
        try await insert(key, limit: limit, audit: Sample.event(subject: key.key.id.rawValue))
    }

    @discardableResult
    package func delete(_ id: KeyID, of account: AccountID = Sample.account()) async throws(StoreError)
        -> ChangeNumber
    {
        try await revoke(id, of: account, at: Sample.time, audit: Sample.event(.keyDeleted, subject: id.rawValue))
    }

    @discardableResult
    package func add(
        _ revocations: [Revocation], of account: AccountID = Sample.account(), limit: Int = 1_000
    ) async throws(StoreError) -> ChangeNumber {
        try await insert(
            revocations, of: account, limit: limit, at: Sample.time,
            audit: revocations.map { Sample.event(.revocationAdded, subject: $0.id.rawValue) })
    }

    @discardableResult
    package func lift(
        _ id: RevocationID, of account: AccountID = Sample.account()
    ) async throws(StoreError) -> ChangeNumber {
        try await lift(
            id, of: account, at: Sample.time, audit: Sample.event(.revocationLifted, subject: id.rawValue)
        ).number
    }

    /// The account's revocations in force at a time, the newest first.
    package func inForce(
        in account: AccountID = Sample.account(), subject: RevocationSubject? = nil, after id: RevocationID? = nil,
        limit: Int = 1_000, at time: NumericDate = Sample.time
    ) async throws(StoreError) -> [Revocation] {
        try await revocations(of: account, subject: subject, after: id, limit: limit, at: time)
    }

    package func ids(of account: AccountID = Sample.account()) async throws(StoreError) -> [KeyID] {
        try await keys(of: account).map(\.id)
    }

    package func allChanges(after number: Int64 = 0) async throws(StoreError) -> [StoreChange] {
        try await changes(after: ChangeNumber(rawValue: number), limit: .max)
    }
}
