import StreamSigningStore

/// A statement that connections prepare once, when they first need it. Its text is constant: values are bound.
struct PreparedStatement: Sendable {
    /// Names the prepared statement; of two statements with one name a connection would only ever run the first.
    let name: String
    let sql: String

    init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }
}

extension StoredValue {
    /// PostgreSQL's binary form; nil for NULL.
    var encoded: [UInt8]? {
        switch self {
        case .integer(let value): value.map { value in withUnsafeBytes(of: value.bigEndian) { Array($0) } }
        case .text(let text): text.map { Array($0.utf8) }
        case .bytes(let bytes): bytes
        }
    }
}
