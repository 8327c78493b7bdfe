extension PostgreSQLSchema {
    /// As ``SQLiteSchema`` says.
    static let revocations = """
        CREATE TABLE revocation (
            position bigint PRIMARY KEY,
            version smallint NOT NULL DEFAULT 1,
            id text COLLATE "C" NOT NULL UNIQUE,
            account text COLLATE "C" NOT NULL,
            kind text COLLATE "C" NOT NULL,
            subject text COLLATE "C" NOT NULL,
            issued_before bigint,
            until bigint NOT NULL,
            created bigint NOT NULL,
            reason text COLLATE "C",
            lifted bigint
        );
        CREATE INDEX revocation_listed ON revocation (account, position) WHERE lifted IS NULL;
        CREATE INDEX revocation_of_subject ON revocation (account, kind, subject, position) WHERE lifted IS NULL;
        CREATE INDEX revocation_ending ON revocation (until);
        CREATE TABLE revocation_count (
            account text COLLATE "C" PRIMARY KEY,
            number bigint NOT NULL
        ) WITH (fillfactor = 50);

        """
}
