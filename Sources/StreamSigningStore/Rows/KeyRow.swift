import StreamSigning

/// A key as a row of the table: what both databases write, whether it is new or comes from an archive.
package struct KeyRow: Sendable {
    private let account: AccountID
    private let id: KeyID
    private let thumbprint: [UInt8]
    private let der: [UInt8]
    private let created: NumericDate
    private let origin: StoredKey.Origin
    private let revoked: NumericDate?
    private let sealed: SealedKey?

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
        (created, revoked, sealed) = (key.created, nil, key.sealed)
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
        (created, revoked, sealed) = (key.created, key.revoked, key.sealed)
    }

    /// Everything that the table must say before a new key is inserted, in one question: other writers wait for the answer.
    package static let vacancy = """
        SELECT (SELECT revoked IS NOT NULL FROM signing_key WHERE id = $1),
            (SELECT revoked IS NOT NULL FROM signing_key WHERE account = $2 AND thumbprint = $3),
            EXISTS (SELECT 1 FROM signing_key WHERE account = $2 AND origin = 'service' AND revoked IS NULL),
            (SELECT count(*) FROM (
                SELECT 1 FROM signing_key WHERE account = $2 AND revoked IS NULL LIMIT $4) listed)
        """

    /// The values of ``vacancy``.
    package func vacancyValues(limit: Int) -> [StoredValue] {
        [.id(id), .account(account), .bytes(thumbprint), .limit(limit)]
    }

    /// Checks that there is room for the key.
    /// - Parameters:
    ///   - row: the answer to ``vacancy``.
    ///   - masterKeyID: the master key that the store is under.
    package func requireVacancy(
        _ row: inout RowReader<some StoredRow>, limit: Int, masterKeyID: String?
    ) throws(StoreError) {
        if let isRevoked = try row.optional({ row throws(StoreError) in try row.bool() }) {
            throw StoreError(.keyExists, isRevoked ? "the id was in use by a deleted key" : "the id is in use")
        }
        if let isRevoked = try row.optional({ row throws(StoreError) in try row.bool() }) {
            throw StoreError(
                .keyExists, isRevoked ? "the account had this key and deleted it" : "the account has this key")
        }
        let hasServiceKey = try row.bool()
        guard origin != .service || !hasServiceKey else {
            throw StoreError(.keyExists, "the account has a service key")
        }
        guard try row.integer() < limit else { throw StoreError(.limitReached, "the account has \(limit) keys") }
        guard sealed == nil || sealed?.masterKeyID == masterKeyID else {
            throw StoreError(
                .masterKeyChanged, "the private half is sealed under another master key than the store's")
        }
    }
}

extension StoreArchive.Key {
    /// The columns of ``init(_:masterKeyID:)``.
    package static let columns = "account, id, public_key, created, origin, revoked, sealed, thumbprint"

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
