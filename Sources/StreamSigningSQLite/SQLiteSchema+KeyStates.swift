extension SQLiteSchema {
    /// What was changed of keys. `change` is the number of the change that says it to nodes, if one does.
    static let keyStates = """
        CREATE TABLE key_state (
            key INTEGER PRIMARY KEY REFERENCES signing_key (position),
            version INTEGER NOT NULL DEFAULT 1,
            name TEXT,
            enabled INTEGER NOT NULL,
            expires INTEGER,
            change INTEGER
        ) STRICT;

        """
}
