/// The tables, and how databases of earlier versions become those of this one.
///
/// Rules, besides those of ``SQLiteSchema``: nodes of two versions run at once during an upgrade, so after a migration
/// the statements of the version before still work, or fail; and a node that finds a newer schema when it starts refuses.
/// Texts are compared byte for byte (`COLLATE "C"`), which also spares the indexes the next version of the
/// operating system's collations.
enum PostgreSQLSchema {
    struct Migration {
        let number: Int64
        let name: String
        let sql: String
    }

    /// In the order in which they are made. A database is of this version if it has had all of them and no other, in whatever
    /// order they came.
    static let migrations = [
        Migration(
            number: 1, name: "keys, credentials, audit, nodes",
            sql: state + keys + credentials + audit + nodes),
        Migration(number: 2, name: "changes of any kind", sql: changes),
        Migration(number: 3, name: "revocations", sql: revocations),
        Migration(number: 5, name: "states of keys", sql: keyStates),
        Migration(number: 6, name: "deleted keys and old events in little room", sql: compaction),
        Migration(number: 7, name: "service keys that follow one another", sql: serviceKeys),
    ]

    /// The one row that all writers lock in turn: see ``WriteTransaction``.
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

    /// As ``SQLiteSchema`` says. For nodes of the version before, which read and write `key_change`, there is a view of
    /// that name. A change that is not about a key is in it too, with the first key there is: they do not know its kind, and
    /// refuse when they read it.
    ///
    /// The writers' turn comes first, so that no transaction is in the middle of its statements. The reference to the key
    /// is checked at the end of the transaction, because those nodes insert the key and its change in one statement, whose
    /// trigger runs before the key is there.
    private static let changes = """
        SELECT 1 FROM store_state FOR UPDATE;
        ALTER TABLE key_change RENAME TO change;
        ALTER TABLE change ALTER CONSTRAINT key_change_key_fkey DEFERRABLE INITIALLY DEFERRED;
        ALTER TABLE change
            ALTER COLUMN key DROP NOT NULL,
            ADD COLUMN account text COLLATE "C",
            ADD COLUMN subject text COLLATE "C",
            ADD COLUMN payload text COLLATE "C",
            ADD COLUMN time bigint,
            ADD CHECK (key IS NOT NULL OR (account IS NOT NULL AND subject IS NOT NULL AND time IS NOT NULL));
        CREATE VIEW key_change AS
            SELECT number, version, kind, coalesce(key, (SELECT min(position) FROM signing_key)) AS key FROM change;
        CREATE FUNCTION record_key_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO change (number, kind, key) VALUES (NEW.number, NEW.kind, NEW.key);
                RETURN NEW;
            END
        $$;
        CREATE TRIGGER key_change_is_change INSTEAD OF INSERT ON key_change
            FOR EACH ROW EXECUTE FUNCTION record_key_change();

        """
}
