extension PostgreSQLSchema {
    /// As ``SQLiteSchema`` says.
    static let keyStates = """
        CREATE TABLE key_state (
            key bigint PRIMARY KEY REFERENCES signing_key (position) ON DELETE CASCADE,
            version smallint NOT NULL DEFAULT 1,
            name text COLLATE "C",
            enabled boolean NOT NULL,
            expires bigint,
            change bigint,
            last_used bigint,
            latest_expiry bigint
        );

        """
}
