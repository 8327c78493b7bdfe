internal import GRDB
import StreamSigningStore

/// The tables, and how databases of earlier versions become those of this one.
///
/// Rules: a migration that was released is never changed; rows carry the version of their form, so that a later one can tell
/// old rows from new ones; times are microseconds since 1970. A version that adds a kind of change adds a migration, so
/// that earlier versions, which do not know the kind, refuse the database.
enum SQLiteSchema {
    /// Marks the file as ours (`PRAGMA application_id`): "SSig".
    static let applicationID: Int32 = 0x5353_6967

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 keys, credentials, audit") { db in
            try db.execute(sql: keys + credentials + audit)
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        }
        migrator.registerMigration("2 changes of any kind") { db in
            try db.execute(sql: changes)
        }
        migrator.registerMigration("revocations") { db in
            try db.execute(sql: revocations)
        }
        migrator.registerMigration("states of keys") { db in
            try db.execute(sql: keyStates)
        }
        migrator.registerMigration("deleted keys and old events in little room") { db in
            try db.execute(sql: compaction)
        }
        migrator.registerMigration("service keys that follow one another") { db in
            try db.execute(sql: serviceKeys)
        }
        return migrator
    }()

    /// - Throws: ``StoreError``: `refused` if a newer version has changed the tables.
    static func requireCurrent(_ db: Database) throws {
        guard try !migrator.hasBeenSuperseded(db) else {
            throw StoreError(
                .refused,
                "written by a newer version of this program: use that version, or a copy of the data from before")
        }
    }

    /// `position` is the order of creation. A deleted key keeps its row until it is compacted: it is the
    /// tombstone.
    private static let keys = """
        CREATE TABLE signing_key (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            version INTEGER NOT NULL DEFAULT 1,
            id TEXT NOT NULL UNIQUE,
            account TEXT NOT NULL,
            thumbprint BLOB NOT NULL,
            public_key BLOB NOT NULL,
            origin TEXT NOT NULL,
            created INTEGER NOT NULL,
            revoked INTEGER,
            sealed BLOB,
            CHECK (sealed IS NULL OR (origin = 'service' AND revoked IS NULL)),
            UNIQUE (account, thumbprint)
        ) STRICT;
        CREATE INDEX signing_key_listed ON signing_key (account, position, id, created) WHERE revoked IS NULL;
        CREATE UNIQUE INDEX signing_key_of_service ON signing_key (account)
            WHERE origin = 'service' AND revoked IS NULL;
        CREATE TABLE key_change (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            version INTEGER NOT NULL DEFAULT 1,
            kind TEXT NOT NULL,
            key INTEGER NOT NULL REFERENCES signing_key (position)
        ) STRICT;
        CREATE TABLE master_key (
            only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
            id TEXT NOT NULL
        ) STRICT;

        """

    private static let credentials = """
        CREATE TABLE credential (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            version INTEGER NOT NULL DEFAULT 1,
            id TEXT NOT NULL UNIQUE,
            account TEXT NOT NULL,
            role TEXT NOT NULL,
            hash BLOB NOT NULL UNIQUE,
            created INTEGER NOT NULL,
            revoked INTEGER
        ) STRICT;
        CREATE INDEX credential_valid ON credential (position) WHERE revoked IS NULL;
        CREATE TABLE credential_revision (
            only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
            number INTEGER NOT NULL
        ) STRICT;
        INSERT INTO credential_revision VALUES (1, 0);
        CREATE TRIGGER credential_added AFTER INSERT ON credential BEGIN
            UPDATE credential_revision SET number = number + 1;
        END;
        CREATE TRIGGER credential_changed AFTER UPDATE ON credential BEGIN
            UPDATE credential_revision SET number = number + 1;
        END;
        CREATE TRIGGER credential_removed AFTER DELETE ON credential BEGIN
            UPDATE credential_revision SET number = number + 1;
        END;

        """

    private static let audit = """
        CREATE TABLE audit_event (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            version INTEGER NOT NULL DEFAULT 1,
            time INTEGER NOT NULL,
            action TEXT NOT NULL,
            account TEXT,
            subject TEXT,
            actor TEXT NOT NULL,
            address TEXT,
            digest BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER audit_event_is_final BEFORE UPDATE ON audit_event BEGIN
            SELECT RAISE(ABORT, 'the audit log is only ever added to');
        END;
        CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event BEGIN
            SELECT RAISE(ABORT, 'the audit log is only ever added to');
        END;

        """

    /// A change of a key refers to the key's row, which has its account, id and times. A change of anything else has them
    /// itself, and what more it needs as a JSON object.
    private static let changes = """
        CREATE TABLE change (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            version INTEGER NOT NULL DEFAULT 1,
            kind TEXT NOT NULL,
            key INTEGER REFERENCES signing_key (position),
            account TEXT,
            subject TEXT,
            payload TEXT,
            time INTEGER,
            CHECK (key IS NOT NULL OR (account IS NOT NULL AND subject IS NOT NULL AND time IS NOT NULL))
        ) STRICT;
        INSERT INTO change (number, version, kind, key) SELECT number, version, kind, key FROM key_change ORDER BY number;
        DROP TABLE key_change;

        """
}
