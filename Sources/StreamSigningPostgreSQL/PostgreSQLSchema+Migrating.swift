import StreamSigningStore

extension PostgreSQLSchema {
    /// Makes sure that the schema is there, ours, and of this version.
    /// - Throws: ``StoreError``: `refused` for a newer version, another program's tables or an unsuitable server;
    ///   what the connection throws.
    static func prepare(_ connection: PostgreSQLConnection, by deadline: Deadline) throws {
        try requireSuitableServer(connection, by: deadline)
        // Usually there is nothing to do, and no lock to wait for.
        if try missing(connection, by: deadline)?.isEmpty == true { return }
        let schema = connection.address.schema
        // One node at a time, whatever it finds: two that make the same tables at once would meet in the middle.
        try connection.script(
            """
            BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
            SET LOCAL lock_timeout = '25s';
            SELECT pg_advisory_xact_lock(hashtextextended('stream-signing:\(schema)', 0));
            """, by: deadline)
        do {
            try migrate(connection, schema, by: deadline)
            try connection.script("COMMIT", by: deadline)
        } catch {
            _ = try? connection.script("ROLLBACK", by: deadline)
            throw error
        }
    }

    private static func migrate(
        _ connection: PostgreSQLConnection, _ schema: String, by deadline: Deadline
    ) throws {
        let missing = try missing(connection, by: deadline)
        if missing == nil {
            // Asked first, because IF NOT EXISTS needs the right to make schemas even where there is one.
            if try !exists(connection, by: deadline) {
                try connection.script("CREATE SCHEMA \(schema)", by: deadline)
            }
            try connection.script(
                """
                CREATE TABLE migration (
                    number bigint PRIMARY KEY,
                    name text NOT NULL,
                    applied timestamptz NOT NULL DEFAULT now()
                )
                """, by: deadline)
        }
        for migration in missing ?? migrations {
            try connection.script(migration.sql, by: deadline)
            try connection.run(record, [.integer(migration.number), .text(migration.name)], by: deadline)
        }
    }

    /// The migrations that are still to be made; nil if there are no tables.
    /// - Throws: ``StoreError``: `refused` if there are others, of a newer version, or tables of another program.
    static func missing(_ connection: PostgreSQLConnection, by deadline: Deadline) throws -> [Migration]? {
        let schema = connection.address.schema
        let counts = try connection.run(tables, [.text(schema)], by: deadline)
            .first { row throws(StoreError) in (tables: try row.integer(), migrations: try row.integer()) }
        guard let counts, counts.tables > 0 else { return nil }
        guard counts.migrations == 1 else {
            throw StoreError(.refused, "the schema '\(schema)' of the database has the tables of another program")
        }
        let made = Set(try connection.run(made, by: deadline).map { row throws(StoreError) in try row.integer() })
        guard made.isSubset(of: migrations.map(\.number)) else {
            throw StoreError(
                .refused,
                "the database was written by a newer version of this program: use that version, or a copy of the data from before"
            )
        }
        return migrations.filter { !made.contains($0.number) }
    }

    private static func exists(_ connection: PostgreSQLConnection, by deadline: Deadline) throws -> Bool {
        let schema = connection.address.schema
        return try !connection.run(schemas, [.text(schema)], by: deadline).isEmpty
    }

    private static func requireSuitableServer(
        _ connection: PostgreSQLConnection, by deadline: Deadline
    ) throws {
        let server = try connection.run(server, by: deadline)
            .first { row throws(StoreError) in (version: try row.integer(), encoding: try row.text()) }
        guard let server else { return }
        guard server.version >= 120_000 else {
            throw StoreError(.refused, "PostgreSQL 12 or newer is needed")
        }
        guard server.encoding == "UTF8" else {
            throw StoreError(.refused, "the database's encoding is not UTF8: create it with ENCODING 'UTF8'")
        }
    }

    private static let server = PreparedStatement(
        "server",
        "SELECT current_setting('server_version_num')::bigint, current_setting('server_encoding')")
    private static let schemas = PreparedStatement(
        "schemas", "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1")
    private static let tables = PreparedStatement(
        "tables",
        """
        SELECT count(*), count(*) FILTER (WHERE relname = 'migration')
        FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace
        WHERE nspname = $1 AND relkind = 'r'
        """)
    private static let made = PreparedStatement("made_migrations", "SELECT number FROM migration")
    private static let record = PreparedStatement(
        "record_migration", "INSERT INTO migration (number, name) VALUES ($1, $2)")
}
