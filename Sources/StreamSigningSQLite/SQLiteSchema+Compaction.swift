extension SQLiteSchema {
    /// What is left of deleted keys and of old audit events.
    ///
    /// `compacted_key` has the fingerprints of ids and of keys; the changes of the kind `compacted` say which ids those were and
    /// whose. `compaction` has the last change that was looked at. An event may leave `audit_event` once a segment has it.
    ///
    /// A process of the version before that is still running would give an id again that it cannot see: it writes rows of
    /// version 1, which are refused.
    static let compaction = """
        CREATE TABLE compacted_key (
            fingerprint INTEGER PRIMARY KEY
        ) STRICT;
        CREATE TABLE compacted_count (
            account TEXT PRIMARY KEY,
            keys INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE compaction (
            only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
            change_number INTEGER NOT NULL
        ) STRICT;
        INSERT INTO compaction VALUES (1, 0);
        CREATE INDEX change_of_key ON change (key);
        CREATE INDEX change_of_compacted ON change (number) WHERE kind IN ('compacted', 'released');
        CREATE INDEX signing_key_deleted ON signing_key (account) WHERE revoked IS NOT NULL;
        CREATE TRIGGER signing_key_is_current BEFORE INSERT ON signing_key WHEN NEW.version < 2 BEGIN
            SELECT RAISE(ABORT, 'a newer version has changed the tables');
        END;
        CREATE TABLE audit_segment (
            last INTEGER PRIMARY KEY,
            version INTEGER NOT NULL DEFAULT 1,
            first INTEGER NOT NULL UNIQUE,
            digest BLOB NOT NULL,
            events BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER audit_segment_is_final BEFORE UPDATE ON audit_segment BEGIN
            SELECT RAISE(ABORT, 'the audit log is only ever added to');
        END;
        CREATE TRIGGER audit_segment_stays BEFORE DELETE ON audit_segment BEGIN
            SELECT RAISE(ABORT, 'the audit log is only ever added to');
        END;
        DROP TRIGGER audit_event_stays;
        CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event
            WHEN OLD.sequence > (SELECT coalesce(max(last), 0) FROM audit_segment)
        BEGIN
            SELECT RAISE(ABORT, 'the audit log is only ever added to');
        END;

        """
}
