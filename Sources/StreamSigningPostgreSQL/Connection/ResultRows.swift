internal import CPostgreSQL
import StreamSigning
import StreamSigningStore

/// What a statement answered: rows, in PostgreSQL's binary form. The one owner of libpq's result.
final class ResultRows: RandomAccessCollection {
    private let result: OpaquePointer

    /// Takes over the result.
    init(owning result: OpaquePointer) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    var startIndex: Int { 0 }
    var endIndex: Int { Int(PQntuples(result)) }

    subscript(index: Int) -> ResultRow {
        ResultRow(rows: self, index: Int32(index))
    }

    /// How many rows a statement changed.
    var changed: Int {
        Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// What was done: `COMMIT`, `INSERT 0 1`.
    var command: String {
        String(cString: PQcmdStatus(result))
    }

    fileprivate func bytes(_ row: Int32, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard column < PQnfields(result), PQgetisnull(result, row, Int32(column)) == 0 else { return nil }
        let length = Int(PQgetlength(result, row, Int32(column)))
        return PQgetvalue(result, row, Int32(column)).withMemoryRebound(to: UInt8.self, capacity: length) {
            UnsafeBufferPointer(start: $0, count: length)
        }
    }
}

/// One row; its columns as values, where a database that was tampered with is an error and not the end of the process.
struct ResultRow {
    fileprivate let rows: ResultRows
    fileprivate let index: Int32

    func isNull(_ column: Int) -> Bool {
        rows.bytes(index, column) == nil
    }

    func integer(_ column: Int) throws(StoreError) -> Int64 {
        guard let bytes = rows.bytes(index, column), bytes.count == 8 else { throw Self.unreadable }
        return bytes.reduce(0) { $0 << 8 | Int64($1) }
    }

    func bool(_ column: Int) throws(StoreError) -> Bool {
        guard let bytes = rows.bytes(index, column), bytes.count == 1 else { throw Self.unreadable }
        return bytes[0] != 0
    }

    func bytes(_ column: Int) throws(StoreError) -> [UInt8] {
        guard let bytes = rows.bytes(index, column) else { throw Self.unreadable }
        return Array(bytes)
    }

    func text(_ column: Int) throws(StoreError) -> String {
        guard let bytes = rows.bytes(index, column), let text = String(validating: bytes, as: UTF8.self) else {
            throw Self.unreadable
        }
        return text
    }

    /// The value of a column that may be NULL.
    func optional<Value>(_ column: Int, _ read: (Int) throws(StoreError) -> Value) throws(StoreError) -> Value? {
        isNull(column) ? nil : try read(column)
    }

    func time(_ column: Int) throws(StoreError) -> NumericDate {
        NumericDate(microseconds: try integer(column))
    }

    func keyID(_ column: Int) throws(StoreError) -> KeyID {
        guard let id = try? KeyID(text(column)) else { throw Self.unreadable }
        return id
    }

    func account(_ column: Int) throws(StoreError) -> AccountID {
        guard let account = AccountID(try text(column)) else { throw Self.unreadable }
        return account
    }

    /// A key whose id is in `column` and whose bytes are in the next one.
    func verificationKey(_ column: Int) throws(StoreError) -> VerificationKey {
        let (id, der) = (try keyID(column), try bytes(column + 1))
        guard let key = try? VerificationKey(pkcs1DER: der, id: id) else { throw Self.unreadable }
        return key
    }

    /// A word of an enumeration.
    func word<Word: RawRepresentable<String>>(_ column: Int) throws(StoreError) -> Word {
        guard let word = Word(rawValue: try text(column)) else { throw Self.unreadable }
        return word
    }

    private static var unreadable: StoreError {
        StoreError(.corrupt, "the database holds a value that cannot be read")
    }
}
