internal import CPostgreSQL
import StreamSigningPlatform

/// What libpq is told when a connection is made: our defaults, then the URL, then what the URL may not change.
struct ConnectionParameters {
    private let keywords: [String]
    private let values: [String]

    init(_ address: PostgreSQLAddress) {
        let defaults = [
            // Seconds for each host, and milliseconds that what was sent may stay unconfirmed: a network that swallows
            // everything must not hold a thread for the kernel's quarter of an hour.
            ("connect_timeout", "3"), ("tcp_user_timeout", "5000"), ("keepalives_idle", "5"),
            ("keepalives_interval", "2"), ("keepalives_count", "3"),
            // Of several hosts, the one that takes writes, also after a failover.
            ("target_session_attrs", "read-write"), ("fallback_application_name", "streamsign"),
        ]
        let all = defaults + [("dbname", address.url), ("client_encoding", "UTF8")]
        (keywords, values) = (all.map(\.0), all.map(\.1))
    }

    /// Connects. The caller must finish the handle, whatever its state.
    /// - Throws: ``PostgreSQLFailure`` if there is no memory for a handle.
    func connect() throws(PostgreSQLFailure) -> OpaquePointer {
        let handle = withCStrings(keywords) { keywords in
            withCStrings(values) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let handle else { throw PostgreSQLFailure(.connection, "no memory for a connection") }
        return handle
    }

    /// The texts as C strings, with NULL after the last.
    private func withCStrings<Result>(_ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies.map { UnsafePointer($0) } + [nil])
    }
}

extension PostgreSQLConnection {
    /// What every session needs, whatever the server, the role and the URL say.
    func setUp(by deadline: Deadline) throws(PostgreSQLFailure) {
        try script(
            """
            SET search_path = \(address.schema), pg_temp;
            SET statement_timeout = '30s';
            SET lock_timeout = '4s';
            -- A node that is paused in the midst of a transaction must not keep the others from writing.
            SET idle_in_transaction_session_timeout = '2s';
            SET tcp_keepalives_idle = 5;
            SET tcp_keepalives_interval = 2;
            SET tcp_keepalives_count = 3;
            -- A commit that is answered is on the disk; 'on' and 'remote_apply' are the operator's choice.
            SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') = 'off';
            """, by: deadline)
    }
}
