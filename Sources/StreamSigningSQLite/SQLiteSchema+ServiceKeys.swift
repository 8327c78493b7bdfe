extension SQLiteSchema {
    /// An account may have several service keys: the next, the one that signs, and those whose tokens have not all ended.
    static let serviceKeys = """
        DROP INDEX signing_key_of_service;
        CREATE INDEX signing_key_of_service ON signing_key (account, position) WHERE origin = 'service' AND revoked IS NULL;
        CREATE INDEX signing_key_of_service_by_age ON signing_key (created) WHERE origin = 'service' AND revoked IS NULL;

        """
}
