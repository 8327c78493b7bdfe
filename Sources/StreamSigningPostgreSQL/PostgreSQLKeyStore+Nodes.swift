internal import StreamSigning
public import StreamSigningStore

/// Times are the database's own, so that the nodes' clocks need not agree.
extension PostgreSQLKeyStore {
    /// See ``NodeRegistry``.
    public func confirm(
        _ number: ChangeNumber, by node: NodeID, for period: Duration
    ) async throws(StoreError) {
        try await read { connection, deadline in
            let noted = try connection.run(
                Self.confirm,
                [.text(node.rawValue), .integer(number.rawValue), .integer(period.inMilliseconds)], by: deadline)
            guard noted.changed == 1 else { throw StoreError.lostChanges }
        }
    }

    /// See ``NodeRegistry``.
    public func retire(_ node: NodeID) async throws(StoreError) {
        try await read { connection, deadline in
            _ = try connection.run(Self.retire, [.text(node.rawValue)], by: deadline)
        }
    }

    /// See ``NodeRegistry``.
    public func nodes() async throws(StoreError) -> [NodeConfirmation] {
        try await read { connection, deadline in
            try connection.run(Self.nodes, by: deadline).map { row throws(StoreError) in
                NodeConfirmation(
                    node: NodeID(rawValue: try row.text()), number: try row.changeNumber(),
                    age: .milliseconds(try row.integer()))
            }
        }
    }

    /// Not worth a write to the disk each: what a crash of the server takes back is less than the second by which a note is
    /// good for longer than the node trusts it. The rows of nodes that vanished are removed after a minute.
    private static let confirm = PreparedStatement(
        "confirm_changes",
        """
        WITH quick AS (
            SELECT set_config('synchronous_commit', 'off', true) FROM store_state WHERE change_number >= $2
        ), gone AS (
            DELETE FROM node WHERE expires < clock_timestamp() - interval '1 minute' AND name <> $1
        )
        INSERT INTO node (name, confirmed, seen, expires)
        SELECT $1, $2, clock_timestamp(), clock_timestamp() + interval '1 millisecond' * ($3::bigint + 1000)
        FROM quick
        ON CONFLICT (name) DO UPDATE
        SET confirmed = excluded.confirmed, seen = excluded.seen, expires = excluded.expires
        """)
    private static let retire = PreparedStatement("retire_node", "DELETE FROM node WHERE name = $1")
    private static let nodes = PreparedStatement(
        "live_nodes",
        """
        SELECT name, confirmed, greatest(0, extract(epoch FROM clock_timestamp() - seen) * 1000)::bigint
        FROM node WHERE expires > clock_timestamp() ORDER BY name
        """)
}
