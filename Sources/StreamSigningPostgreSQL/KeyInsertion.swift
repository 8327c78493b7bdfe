internal import StreamSigning
import StreamSigningStore

/// A key on its way into the table, and what must hold before it goes there. All of it runs in one ``WriteTransaction``,
/// which is the only one that writes meanwhile.
struct KeyInsertion: Sendable {
    private let key: StoredKey
    private let thumbprint: [UInt8]
    private let der: [UInt8]

    init(_ key: StoredKey) throws(KeyError) {
        self.key = key
        thumbprint = try key.key.thumbprintBytes()
        der = try key.key.pkcs1DER()
    }

    /// One question for everything that the table says, because every other writer of every node waits meanwhile.
    func requireRoom(in transaction: WriteTransaction, limit: Int) throws {
        let rows = try transaction.read(
            Self.check,
            [.text(key.key.id.rawValue), .text(key.account.rawValue), .bytes(thumbprint), .limit(limit)])
        guard let row = rows.first else { throw StoreError(.corrupt, "the database gave no answer") }
        if let isRevoked = try row.optional(0, row.bool) {
            throw StoreError(.keyExists, isRevoked ? "the id was in use by a deleted key" : "the id is in use")
        }
        if let isRevoked = try row.optional(1, row.bool) {
            throw StoreError(
                .keyExists, isRevoked ? "the account had this key and deleted it" : "the account has this key")
        }
        guard try key.origin != .service || !row.bool(2) else {
            throw StoreError(.keyExists, "the account has a service key")
        }
        guard try row.integer(3) < limit else { throw StoreError(.limitReached, "the account has \(limit) keys") }
    }

    func requireMasterKey(of transaction: WriteTransaction) throws(StoreError) {
        guard let sealed = key.sealed, transaction.masterKeyID != sealed.masterKeyID else { return }
        throw StoreError(
            .masterKeyChanged, "the private half is sealed under another master key than the store's")
    }

    func perform(in transaction: WriteTransaction) throws -> ChangeNumber {
        let number = transaction.nextChange()
        try transaction.write(
            Self.insert,
            [
                .integer(number.rawValue), .text(key.key.id.rawValue), .text(key.account.rawValue),
                .bytes(thumbprint), .bytes(der), .text(key.origin.rawValue), .time(key.created),
                .bytes(key.sealed?.box),
            ])
        return number
    }

    private static let check = PreparedStatement(
        "check_key",
        """
        SELECT (SELECT revoked IS NOT NULL FROM signing_key WHERE id = $1),
            (SELECT revoked IS NOT NULL FROM signing_key WHERE account = $2 AND thumbprint = $3),
            EXISTS (SELECT 1 FROM signing_key WHERE account = $2 AND origin = 'service' AND revoked IS NULL),
            (SELECT count(*) FROM (
                SELECT 1 FROM signing_key WHERE account = $2 AND revoked IS NULL LIMIT $4) listed)
        """)
    private static let insert = PreparedStatement(
        "insert_key",
        """
        WITH inserted AS (
            INSERT INTO signing_key (position, id, account, thumbprint, public_key, origin, created, sealed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        )
        INSERT INTO key_change (number, kind, key) VALUES ($1, 'added', $1)
        """)
}
