extension SQLiteSchema {
    /// `position` is the number of the change that added the revocation, and `lifted` that of the one that lifted it. A row stays
    /// until its end, lifted or not. `revocation_count` spares each insert a count of the account's rows.
    static let revocations = """
        CREATE TABLE revocation (
            position INTEGER PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 1,
            id TEXT NOT NULL UNIQUE,
            account TEXT NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            issued_before INTEGER,
            until INTEGER NOT NULL,
            created INTEGER NOT NULL,
            reason TEXT,
            lifted INTEGER
        ) STRICT;
        CREATE INDEX revocation_listed ON revocation (account, position) WHERE lifted IS NULL;
        CREATE INDEX revocation_of_subject ON revocation (account, kind, subject, position) WHERE lifted IS NULL;
        CREATE INDEX revocation_ending ON revocation (until);
        CREATE TABLE revocation_count (
            account TEXT PRIMARY KEY,
            number INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        """
}
