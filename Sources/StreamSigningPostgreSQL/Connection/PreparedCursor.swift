import StreamSigningStore

/// A question with many rows, answered in parts: neither side holds them all at once.
///
/// It is one scan. A question for each part, "the next rows after this position", is planned by what the database last counted.
/// After a burst of additions it takes the table for small, and sorts it for each part.
struct PreparedCursor: Sendable {
    private let declare: PreparedStatement
    private let fetch: PreparedStatement
    private let close: PreparedStatement

    /// How many rows a part has.
    private static let part = 5000

    /// - Parameter name: of the cursor, as of a ``PreparedStatement``.
    init(_ name: String, _ sql: String) {
        declare = PreparedStatement("declare_\(name)", "DECLARE \(name) NO SCROLL CURSOR FOR \(sql)")
        fetch = PreparedStatement("fetch_\(name)", "FETCH \(Self.part) FROM \(name)")
        close = PreparedStatement("close_\(name)", "CLOSE \(name)")
    }

    /// Reads every row, in the transaction that `connection` is in.
    func read(
        _ connection: PostgreSQLConnection, by deadline: Deadline,
        _ body: (inout RowReader<ResultRow>) throws(StoreError) -> Void
    ) throws {
        try connection.run(declare, by: deadline)
        var count: Int
        repeat { count = try connection.run(fetch, by: deadline).map(reading: body).count } while count == Self.part
        try connection.run(close, by: deadline)
    }
}
