extension PostgreSQLSchema {
    /// As ``SQLiteSchema`` says. The writers' turn comes first, as always. A node of the version before signs with any of an
    /// account's service keys, all of which verify.
    static let serviceKeys = """
        SELECT 1 FROM store_state FOR UPDATE;
        DROP INDEX signing_key_of_service;
        CREATE INDEX signing_key_of_service ON signing_key (account, position) WHERE origin = 'service' AND revoked IS NULL;
        CREATE INDEX signing_key_of_service_by_age ON signing_key (created) WHERE origin = 'service' AND revoked IS NULL;

        """
}
