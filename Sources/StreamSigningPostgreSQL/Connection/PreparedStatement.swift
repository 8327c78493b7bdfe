import StreamSigning
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

/// A value for a statement's `$1`, in PostgreSQL's binary form.
enum Parameter: Sendable {
    case integer(Int64?)
    case text(String?)
    case bytes([UInt8]?)

    static func time(_ time: NumericDate?) -> Parameter {
        .integer(time?.microseconds)
    }

    /// A number of rows, which PostgreSQL does not take if it is negative.
    static func limit(_ limit: Int) -> Parameter {
        .integer(Int64(max(0, limit)))
    }

    /// nil for NULL.
    var encoded: [UInt8]? {
        switch self {
        case .integer(let value): value.map { value in withUnsafeBytes(of: value.bigEndian) { Array($0) } }
        case .text(let text): text.map { Array($0.utf8) }
        case .bytes(let bytes): bytes
        }
    }
}
