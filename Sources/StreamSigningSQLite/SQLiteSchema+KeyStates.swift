extension SQLiteSchema {
    /// What was changed of keys, and when they were used. `change` is the number of the change that says to nodes whether they
    /// are trusted, if one does.
    static let keyStates = """
        CREATE TABLE key_state (
            key INTEGER PRIMARY KEY REFERENCES signing_key (position) ON DELETE CASCADE,
            version INTEGER NOT NULL DEFAULT 1,
            name TEXT,
            enabled INTEGER NOT NULL,
            expires INTEGER,
            change INTEGER,
            last_used INTEGER,
            latest_expiry INTEGER
        ) STRICT;

        """
}
