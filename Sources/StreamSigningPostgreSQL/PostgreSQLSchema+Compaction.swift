extension PostgreSQLSchema {
    /// As ``SQLiteSchema`` says. `store_state` has the last change that a compaction has looked at.
    ///
    /// Nodes of the version before do not ask `compacted_key` whether an id or a key is taken: the trigger does it for them. It
    /// computes what `KeyFingerprint` does. The writers' turn comes first, as always.
    static let compaction = """
        SELECT 1 FROM store_state FOR UPDATE;
        ALTER TABLE store_state ADD COLUMN compacted_change bigint NOT NULL DEFAULT 0;
        CREATE TABLE compacted_key (fingerprint bigint PRIMARY KEY);
        CREATE TABLE compacted_count (
            account text COLLATE "C" PRIMARY KEY,
            keys bigint NOT NULL
        );
        CREATE INDEX change_of_key ON change (key);
        CREATE INDEX change_of_compacted ON change (number) WHERE kind IN ('compacted', 'released');
        CREATE INDEX signing_key_deleted ON signing_key (account) WHERE revoked IS NOT NULL;
        CREATE FUNCTION key_fingerprint(content bytea) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
            SELECT ('x' || encode(substring(sha256(content) FROM 1 FOR 8), 'hex'))::bit(64)::bigint
        $$;
        CREATE FUNCTION id_fingerprint(id text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
            SELECT key_fingerprint(convert_to('key-id:' || id, 'UTF8'))
        $$;
        CREATE FUNCTION key_fingerprint(account text, thumbprint bytea) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
            SELECT key_fingerprint(convert_to('key:' || account || ':', 'UTF8') || thumbprint)
        $$;
        CREATE FUNCTION refuse_compacted_key() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (
                    SELECT 1 FROM compacted_key
                    WHERE fingerprint IN (id_fingerprint(NEW.id), key_fingerprint(NEW.account, NEW.thumbprint))
                ) THEN
                    RAISE EXCEPTION 'the id or the key was in use by a deleted key' USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NEW;
            END
        $$;
        CREATE TRIGGER signing_key_is_not_compacted BEFORE INSERT ON signing_key
            FOR EACH ROW EXECUTE FUNCTION refuse_compacted_key();
        CREATE TABLE audit_segment (
            last bigint PRIMARY KEY,
            version smallint NOT NULL DEFAULT 1,
            first bigint NOT NULL UNIQUE,
            digest bytea NOT NULL,
            events bytea NOT NULL
        );
        ALTER TABLE audit_segment ALTER COLUMN events SET STORAGE EXTERNAL;
        CREATE TRIGGER audit_segment_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_segment
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        DROP TRIGGER audit_event_is_final ON audit_event;
        CREATE TRIGGER audit_event_is_final BEFORE UPDATE OR TRUNCATE ON audit_event
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE FUNCTION refuse_loss() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF OLD.sequence > (SELECT coalesce(max(last), 0) FROM audit_segment) THEN
                    RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'raise_exception';
                END IF;
                RETURN OLD;
            END
        $$;
        CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event
            FOR EACH ROW EXECUTE FUNCTION refuse_loss();

        """
}
