public import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``SealedKeyStore``.
    public func serviceKeys(of account: AccountID) async throws(StoreError) -> [ServiceKey] {
        try await read { connection, deadline in
            try connection.run(Self.ofAccount, [.account(account)], by: deadline)
                .map { row throws(StoreError) in try ServiceKey(&row) }
        }
    }

    /// See ``SealedKeyStore``.
    public func serviceKeys(createdBy time: NumericDate) async throws(StoreError) -> [ServiceKey] {
        try await read { connection, deadline in
            try connection.run(Self.ofAccountsCreatedBy, [.time(time)], by: deadline)
                .map { row throws(StoreError) in try ServiceKey(&row) }
        }
    }

    /// See ``SealedKeyStore``.
    public func sealedKey(_ id: KeyID, of account: AccountID) async throws(StoreError) -> SealedKey? {
        try await read { connection, deadline in
            try connection.run(Self.one, [.account(account), .id(id)], by: deadline)
                .first { row throws(StoreError) in try SealedKey(&row) }
        }
    }

    /// See ``SealedKeyStore``.
    public func sealedKeys() async throws(StoreError) -> [SealedKey] {
        try await read { connection, deadline in
            try connection.run(Self.all, by: deadline).map { row throws(StoreError) in try SealedKey(&row) }
        }
    }

    /// See ``SealedKeyStore``.
    public func masterKeyID() async throws(StoreError) -> String? {
        try await read { connection, deadline in
            let id = try connection.run(Self.masterKey, by: deadline)
                .first { row throws(StoreError) in try row.optionalText() }
            return id ?? nil
        }
    }

    /// See ``SealedKeyStore``.
    public func replace(
        _ keys: [SealedKey], from old: String?, to new: String, audit: AuditEvent
    ) async throws(StoreError) {
        try await write(within: .seconds(60)) { transaction in
            guard transaction.masterKeyID == old, keys.allSatisfy({ $0.masterKeyID == new }) else {
                throw StoreError(.masterKeyChanged, "the store is under another master key")
            }
            // Everything is asked before anything is written: what is refused must not have written.
            let given = Set(keys.map { SealedKey.Name(account: $0.account, id: $0.id) })
            let stored = try transaction.read(Self.names).map { row throws(StoreError) in
                SealedKey.Name(account: try row.account(), id: try row.keyID())
            }
            guard stored.allSatisfy(given.contains) else {
                throw StoreError(.masterKeyChanged, "there are sealed keys that are still under the old master key")
            }
            for key in keys {
                try transaction.write(
                    Self.update, [.bytes(key.box), .id(key.id), .account(key.account)])
            }
            transaction.setMasterKeyID(new)
            try transaction.append(audit)
        }
    }

    private static let selection = """
        SELECT account, id, master_key, sealed FROM signing_key, store_state
        WHERE sealed IS NOT NULL AND origin = 'service' AND revoked IS NULL
        """
    private static let ofAccount = PreparedStatement("service_keys_of_account", ServiceKey.ofAccount)
    private static let ofAccountsCreatedBy = PreparedStatement("service_keys_by_age", ServiceKey.ofAccountsCreatedBy)
    private static let one = PreparedStatement("sealed_key", selection + " AND account = $1 AND id = $2")
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
}
