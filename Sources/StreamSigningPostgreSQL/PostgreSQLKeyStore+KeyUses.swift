public import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``KeyUseStore``. It takes no turn among those who change keys: nothing that nodes follow is written.
    public func record(_ uses: [KeyID: KeyUse]) async throws(StoreError) {
        try await read { connection, deadline in
            for batch in uses.batches(of: 1_000) { try connection.run(.recordKeyUses, [.uses(batch)], by: deadline) }
        }
    }

    /// See ``KeyUseStore``.
    public func revoke(
        _ id: KeyID, of account: AccountID, unusedSince: NumericDate, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> UnusedKeyRevocation {
        try await write { transaction in
            let found = try transaction.read(Self.lastUse, [.account(account), .id(id)])
                .first { row throws(StoreError) in (last: try row.time(), position: try row.integer()) }
            guard let found else { throw StoreError(.notFound, "the account has no key of that id") }
            guard found.last <= unusedSince else { return .inUse(last: found.last) }
            return .revoked(try transaction.revoke(found.position, at: time, audit: audit))
        }
    }

    private static let lastUse = PreparedStatement("last_key_use", KeyUse.lastSelection)
}

extension WriteTransaction {
    /// Notes when keys were used.
    func record(_ uses: [KeyID: KeyUse]) throws {
        for batch in uses.batches(of: 1_000) { try write(.recordKeyUses, [.uses(batch)]) }
    }
}

extension StoredValue {
    /// `[{"id":"…","last":1,"latest":2},…]`
    fileprivate static func uses(_ uses: [(key: KeyID, value: KeyUse)]) -> StoredValue {
        json(uses) { entry, writer in
            writer.object {
                $0.member("id", entry.key.rawValue)
                $0.member("last", Int(entry.value.last.microseconds))
                $0.member("latest", Int(entry.value.latestExpiry.microseconds))
            }
        }
    }
}

extension [KeyID: KeyUse] {
    /// All of them, so many at a time.
    fileprivate func batches(of size: Int) -> [[(key: KeyID, value: KeyUse)]] {
        let all = map { $0 }
        return stride(from: 0, to: all.count, by: size).map { Array(all[$0..<Swift.min($0 + size, all.count)]) }
    }
}

extension PreparedStatement {
    /// In the order of the keys, so that two nodes that report the same keys do not wait for one another for ever.
    fileprivate static let recordKeyUses = PreparedStatement(
        "record_key_uses",
        """
        INSERT INTO key_state (key, enabled, last_used, latest_expiry)
        SELECT position, true, last, latest
        FROM json_to_recordset($1::json) AS given (id text COLLATE "C", last bigint, latest bigint)
        JOIN signing_key USING (id)
        WHERE revoked IS NULL ORDER BY position
        ON CONFLICT (key) DO UPDATE
        SET last_used = greatest(key_state.last_used, excluded.last_used),
            latest_expiry = greatest(key_state.latest_expiry, excluded.latest_expiry)
        """)
}
