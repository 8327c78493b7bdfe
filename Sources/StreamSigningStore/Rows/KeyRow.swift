import StreamSigning

/// A key as a row of the table: what both databases write, whether it is new or comes from an archive.
package struct KeyRow: Sendable {
    private let account: AccountID
    private let id: KeyID
    private let thumbprint: [UInt8]
    private let fingerprints: (id: KeyFingerprint, key: KeyFingerprint)
    private let der: [UInt8]
    private let created: NumericDate
    private let origin: StoredKey.Origin
    private let revoked: NumericDate?
    private let sealed: SealedKey?
    private let predecessor: KeyID?

    /// The columns of ``values``.
    package static let columns = "id, account, thumbprint, public_key, origin, created, revoked, sealed"

    package var values: [StoredValue] {
        [
            .id(id), .account(account), .bytes(thumbprint), .bytes(der), .text(origin.rawValue), .time(created),
            .time(revoked), .bytes(sealed?.box),
        ]
    }

    /// A key that is new.
    /// - Throws: ``StoreError``: `unavailable` if OpenSSL fails.
    package init(_ key: StoredKey) throws(StoreError) {
        do throws(KeyError) {
            thumbprint = try key.key.thumbprintBytes()
            der = try key.key.pkcs1DER()
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
        (account, id, origin) = (key.account, key.key.id, key.origin)
        (created, revoked, sealed, predecessor) = (key.created, nil, key.sealed, key.predecessor)
        fingerprints = try Self.fingerprints(id, thumbprint, account)
    }

    /// A key from an archive.
    /// - Throws: ``StoreError``: `corrupt` if the bytes are not a key.
    package init(_ key: StoreArchive.Key) throws(StoreError) {
        do throws(KeyError) {
            thumbprint = try key.key.verificationKey().thumbprintBytes()
        } catch {
            throw StoreError(.corrupt, "the key \(key.key.id) cannot be read: \(error.reason)")
        }
        der = key.key.der
        (account, id, origin) = (key.account, key.key.id, key.origin)
        (created, revoked, sealed, predecessor) = (key.created, key.revoked, key.sealed, nil)
        fingerprints = try Self.fingerprints(id, thumbprint, account)
    }

    private static func fingerprints(
        _ id: KeyID, _ thumbprint: [UInt8], _ account: AccountID
    ) throws(StoreError) -> (id: KeyFingerprint, key: KeyFingerprint) {
        (try KeyFingerprint(of: id), try KeyFingerprint(ofKey: thumbprint, in: account))
    }

    /// Everything that the table must say before a new key is inserted, in one question: other writers wait for the answer.
    package static let vacancy = """
        SELECT (SELECT revoked IS NOT NULL FROM signing_key WHERE id = $1),
            (SELECT revoked IS NOT NULL FROM signing_key WHERE account = $2 AND thumbprint = $3),
            EXISTS (SELECT 1 FROM compacted_key WHERE fingerprint = $4),
            EXISTS (SELECT 1 FROM compacted_key WHERE fingerprint = $5),
            (SELECT id FROM signing_key WHERE account = $2 AND origin = 'service' AND revoked IS NULL AND sealed IS NOT NULL
                ORDER BY position DESC LIMIT 1),
            (SELECT count(*) FROM (
                SELECT 1 FROM signing_key WHERE account = $2 AND revoked IS NULL LIMIT $6) listed),
            (SELECT count(*) FROM signing_key WHERE account = $2 AND revoked IS NOT NULL)
                + coalesce((SELECT keys FROM compacted_count WHERE account = $2), 0)
        """

    /// The values of ``vacancy``.
    package func vacancyValues(_ quota: KeyQuota) -> [StoredValue] {
        [
            .id(id), .account(account), .bytes(thumbprint), .fingerprint(fingerprints.id),
            .fingerprint(fingerprints.key), .limit(quota.keys),
        ]
    }

    /// Checks that there is room for the key.
    /// - Parameters:
    ///   - row: the answer to ``vacancy``.
    ///   - masterKeyID: the master key that the store is under.
    package func requireVacancy(
        _ row: inout RowReader<some StoredRow>, _ quota: KeyQuota, masterKeyID: String?
    ) throws(StoreError) {
        let id = try row.optional { row throws(StoreError) in try row.bool() }
        let key = try row.optional { row throws(StoreError) in try row.bool() }
        let (isIDCompacted, isKeyCompacted) = (try row.bool(), try row.bool())
        if let isRevoked = id ?? (isIDCompacted ? true : nil) {
            throw StoreError(.keyExists, isRevoked ? "the id was in use by a deleted key" : "the id is in use")
        }
        if let isRevoked = key ?? (isKeyCompacted ? true : nil) {
            throw StoreError(
                .keyExists, isRevoked ? "the account had this key and deleted it" : "the account has this key")
        }
        let newest = try row.optional { row throws(StoreError) in try row.keyID() }
        guard origin != .service || newest == predecessor else {
            throw StoreError(.keyExists, "the account has another service key")
        }
        guard try row.integer() < quota.keys else {
            throw StoreError(.limitReached, "the account has \(quota.keys) keys")
        }
        guard try row.integer() < quota.deletedKeys else {
            throw StoreError(.deletedLimitReached, "the account has deleted \(quota.deletedKeys) keys")
        }
        guard sealed == nil || sealed?.masterKeyID == masterKeyID else {
            throw StoreError(
                .masterKeyChanged, "the private half is sealed under another master key than the store's")
        }
    }
}

extension StoreArchive.Key {
    /// The columns of ``init(_:masterKeyID:)``.
    package static let columns =
        "account, \(StoredPublicKey.columns), created, origin, revoked, sealed, thumbprint"

    /// - Parameter masterKeyID: the master key that the store is under.
    /// - Throws: ``StoreError``: `corrupt`, also if the key is trusted and is not the one that was stored.
    package init(_ row: inout RowReader<some StoredRow>, masterKeyID: String?) throws(StoreError) {
        let account = try row.account()
        let key = try row.publicKey()
        let (created, origin): (NumericDate, StoredKey.Origin) = (try row.time(), try row.word())
        let revoked = try row.optionalTime()
        let box = try row.optional { row throws(StoreError) in try row.bytes() }
        let thumbprint = try row.bytes()
        // That of a deleted key does not matter: it only keeps the key from coming back.
        guard revoked != nil || (try? key.verificationKey().thumbprintBytes()) == thumbprint else {
            throw StoreError(
                .corrupt, "the key \(key.id) of the account \(account) is not the one that was stored: delete it")
        }
        guard box == nil || masterKeyID != nil else {
            throw StoreError(.corrupt, "the key \(key.id) is sealed, and the store has no master key")
        }
        self.init(
            account: account, key: key, created: created, origin: origin, revoked: revoked,
            sealed: box.map {
                SealedKey(account: account, id: key.id, masterKeyID: masterKeyID ?? "", box: $0)
            })
    }
}
