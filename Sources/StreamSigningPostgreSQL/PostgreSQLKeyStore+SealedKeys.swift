internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``KeyStore``.
    public func sealedKey(of account: AccountID) async throws(StoreError) -> SealedKey? {
        try await read { connection, deadline in
            try connection.run(Self.ofAccount, [.text(account.rawValue)], by: deadline).first
                .map { row in try SealedKey(row) }
        }
    }

    /// See ``KeyStore``.
    public func sealedKeys() async throws(StoreError) -> [SealedKey] {
        try await read { connection, deadline in
            try connection.run(Self.all, by: deadline).map { row in try SealedKey(row) }
        }
    }

    /// See ``KeyStore``.
    public func masterKeyID() async throws(StoreError) -> String? {
        try await read { connection, deadline in
            let row = try connection.run(Self.masterKey, by: deadline).first
            return try row?.optional(0) { column throws(StoreError) in try row?.text(column) } ?? nil
        }
    }

    /// See ``KeyStore``.
    public func replace(
        _ keys: [SealedKey], from old: String?, to new: String, audit: AuditEvent
    ) async throws(StoreError) {
        try await write(within: .seconds(60)) { transaction in
            guard transaction.masterKeyID == old, keys.allSatisfy({ $0.masterKeyID == new }) else {
                throw StoreError(.masterKeyChanged, "the store is under another master key")
            }
            // All is asked for before anything is written: a write that was refused must not undo others of its transaction.
            let given = Set(keys.map { SealedKey.Name(account: $0.account, id: $0.id) })
            let stored = try transaction.read(Self.names).map { row in
                SealedKey.Name(account: try row.account(0), id: try row.keyID(1))
            }
            guard stored.allSatisfy(given.contains) else {
                throw StoreError(.masterKeyChanged, "there are sealed keys that were not sealed anew")
            }
            for key in keys {
                try transaction.write(
                    Self.update, [.bytes(key.box), .text(key.id.rawValue), .text(key.account.rawValue)])
            }
            transaction.setMasterKeyID(new)
            try transaction.append(audit)
        }
    }

    private static let selection = """
        SELECT account, id, master_key, sealed FROM signing_key, store_state
        WHERE sealed IS NOT NULL AND origin = 'service' AND revoked IS NULL
        """
    private static let ofAccount = PreparedStatement("sealed_key", selection + " AND account = $1")
    private static let all = PreparedStatement("sealed_keys", selection + " ORDER BY position")
    private static let masterKey = PreparedStatement("master_key", "SELECT master_key FROM store_state")
    private static let names = PreparedStatement(
        "sealed_names", "SELECT account, id FROM signing_key WHERE sealed IS NOT NULL")
    private static let update = PreparedStatement(
        "replace_sealed",
        "UPDATE signing_key SET sealed = $1 WHERE id = $2 AND account = $3 AND sealed IS NOT NULL")
}

extension SealedKey {
    fileprivate struct Name: Hashable {
        let account: AccountID
        let id: KeyID
    }

    fileprivate init(_ row: ResultRow) throws(StoreError) {
        self.init(
            account: try row.account(0), id: try row.keyID(1), masterKeyID: try row.text(2), box: try row.bytes(3))
    }
}
