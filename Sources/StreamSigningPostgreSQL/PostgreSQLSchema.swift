/// The tables, and how databases of earlier versions become those of this one.
///
/// Rules, besides those of ``SQLiteSchema``: nodes of two versions may run at once while an update goes round, so a
/// migration may only add what the version before does not notice, and a node that finds a newer schema when it starts
/// refuses. Texts are compared byte for byte (`COLLATE "C"`), which also spares the indexes the next version of the
/// operating system's collations.
enum PostgreSQLSchema {
    struct Migration {
        let number: Int64
        let name: String
        let sql: String
    }

    static let migrations = [
        Migration(
            number: 1, name: "keys, credentials, audit, nodes",
            sql: state + keys + credentials + audit + nodes)
    ]

    /// What all writers share, in the one row that they take turns to lock: see ``WriteTransaction``.
    private static let state = """
        CREATE TABLE store_state (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            change_number bigint NOT NULL,
            audit_sequence bigint NOT NULL,
            audit_digest bytea NOT NULL,
            credential_revision bigint NOT NULL,
            master_key text COLLATE "C"
        ) WITH (fillfactor = 10);
        INSERT INTO store_state VALUES (true, 0, 0, decode(repeat('00', 32), 'hex'), 0, NULL);

        """

    /// `position` is the number of the change that added the key, and so the order of creation. A deleted key keeps its row:
    /// it is the tombstone.
    private static let keys = """
        CREATE TABLE signing_key (
            position bigint PRIMARY KEY,
            version smallint NOT NULL DEFAULT 1,
            id text COLLATE "C" NOT NULL UNIQUE,
            account text COLLATE "C" NOT NULL,
            thumbprint bytea NOT NULL,
            public_key bytea NOT NULL,
            origin text COLLATE "C" NOT NULL,
            created bigint NOT NULL,
            revoked bigint,
            sealed bytea,
            CHECK (sealed IS NULL OR (origin = 'service' AND revoked IS NULL)),
            UNIQUE (account, thumbprint)
        );
        CREATE INDEX signing_key_listed ON signing_key (account, position) INCLUDE (id, created)
            WHERE revoked IS NULL;
        CREATE UNIQUE INDEX signing_key_of_service ON signing_key (account)
            WHERE origin = 'service' AND revoked IS NULL;
        CREATE TABLE key_change (
            number bigint PRIMARY KEY,
            version smallint NOT NULL DEFAULT 1,
            kind text COLLATE "C" NOT NULL,
            key bigint NOT NULL REFERENCES signing_key (position)
        );

        """

    private static let credentials = """
        CREATE TABLE credential (
            position bigint PRIMARY KEY,
            version smallint NOT NULL DEFAULT 1,
            id text COLLATE "C" NOT NULL UNIQUE,
            account text COLLATE "C" NOT NULL,
            role text COLLATE "C" NOT NULL,
            hash bytea NOT NULL UNIQUE,
            created bigint NOT NULL,
            revoked bigint
        );
        CREATE INDEX credential_valid ON credential (position) WHERE revoked IS NULL;

        """

    private static let audit = """
        CREATE TABLE audit_event (
            sequence bigint PRIMARY KEY,
            version smallint NOT NULL DEFAULT 1,
            time bigint NOT NULL,
            action text COLLATE "C" NOT NULL,
            account text COLLATE "C",
            subject text COLLATE "C",
            actor text COLLATE "C" NOT NULL,
            address text COLLATE "C",
            digest bytea NOT NULL
        );
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'raise_exception';
            END
        $$;
        CREATE TRIGGER audit_event_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

        """

    /// The nodes, each with the last change that it has confirmed and until when that is good. Times are the database's own.
    private static let nodes = """
        CREATE TABLE node (
            name text COLLATE "C" PRIMARY KEY,
            version smallint NOT NULL DEFAULT 1,
            confirmed bigint NOT NULL,
            seen timestamptz NOT NULL,
            expires timestamptz NOT NULL
        ) WITH (fillfactor = 50);

        """
}
