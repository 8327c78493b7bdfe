internal import GRDB
public import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``KeyUseStore``.
    public func record(_ uses: [KeyID: KeyUse]) async throws(StoreError) {
        try await write { db in
            for (id, use) in uses { try db.record(use, of: id) }
        }
    }

    /// See ``KeyUseStore``.
    public func revoke(
        _ id: KeyID, of account: AccountID, unusedSince: NumericDate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> UnusedKeyRevocation {
        try await write { db in
            let last = try db.row(KeyUse.lastSelection, [.account(account), .id(id)]) { row throws(StoreError) in
                try row.time()
            }
            if let last, last > unusedSince { return .inUse(last: last) }
            return .revoked(try db.revoke(id, of: account, at: time, audit: audit))
        }
    }
}

extension Database {
    /// Notes when a key was used.
    func record(_ use: KeyUse, of id: KeyID) throws {
        try run(
            """
            INSERT INTO key_state (key, enabled, last_used, latest_expiry)
            SELECT position, 1, $1, $2 FROM signing_key WHERE id = $3 AND revoked IS NULL
            ON CONFLICT (key) DO UPDATE
            SET last_used = max(coalesce(last_used, excluded.last_used), excluded.last_used),
                latest_expiry = max(coalesce(latest_expiry, excluded.latest_expiry), excluded.latest_expiry)
            """,
            [.time(use.last), .time(use.latestExpiry), .id(id)])
    }
}
