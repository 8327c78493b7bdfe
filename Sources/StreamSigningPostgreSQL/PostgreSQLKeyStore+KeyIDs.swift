public import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``KeyIDRegistry``.
    public func holder(of id: KeyID) async throws(StoreError) -> KeyIDHolder? {
        let fingerprint = try KeyFingerprint(of: id)
        return try await readSnapshot { connection, deadline in
            let holder = try connection.run(.keyIDHolder, [.id(id)], by: deadline).first(reading: KeyIDHolder.init)
            if let holder { return holder }
            let account = try CompactedKeys(connection.run(.selectCompacted, by: deadline)).accounts[fingerprint]
            return account.map { KeyIDHolder(account: $0, isDeleted: true) }
        }
    }

    /// See ``KeyIDRegistry``.
    public func release(
        _ id: KeyID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> ChangeNumber {
        let fingerprint = try KeyFingerprint(of: id)
        return try await write(within: Self.bulkTimeout) { transaction in
            // Everything is asked before anything is written: what is refused must not have written.
            let holder = try transaction.read(.keyIDHolder, [.id(id)]).first(reading: KeyIDHolder.init)
            if let holder {
                guard holder.isDeleted else { throw StoreError.idInUse }
                guard holder.account == account else { throw StoreError.idNotHeld }
                // Its row has the id, so the key is to be compacted first, and all that were deleted before it.
                try transaction.compactKeys(
                    after: transaction.compactedChange(), through: transaction.lastChange.rawValue)
            } else {
                let compacted = try CompactedKeys(transaction.read(.selectCompacted))
                guard compacted.accounts[fingerprint] == account else { throw StoreError.idNotHeld }
            }
            try transaction.write(Self.delete, [.fingerprint(fingerprint)])
            try transaction.write(Self.discount, [.account(account)])
            let number = transaction.nextChange()
            let change = StoreChange(number: number, account: account, content: .released(id), time: time)
            try transaction.write(.insertChange, change.values { _ in nil })
            try transaction.append(audit)
            return number
        }
    }

    private static let delete = PreparedStatement(
        "release_fingerprint", "DELETE FROM compacted_key WHERE fingerprint = $1")
    private static let discount = PreparedStatement(
        "discount_compacted_key", "UPDATE compacted_count SET keys = keys - 1 WHERE account = $1")
}

extension PreparedStatement {
    fileprivate static let keyIDHolder = PreparedStatement(
        "key_id_holder", "SELECT account, revoked IS NOT NULL FROM signing_key WHERE id = $1")
    static let selectCompacted = PreparedStatement("compacted_keys", StoreChange.selectionOfCompacted)
}

extension CompactedKeys {
    /// - Parameter rows: those of `selectCompacted`.
    init(_ rows: ResultRows) throws {
        try self.init(rows.map { row throws(StoreError) in try StoreChange(&row) })
    }
}

extension KeyIDHolder {
    init(_ row: inout RowReader<ResultRow>) throws(StoreError) {
        self.init(account: try row.account(), isDeleted: try row.bool())
    }
}
