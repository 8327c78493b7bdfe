internal import CPostgreSQL
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

extension ResultRows {
    /// Every row, made into a value.
    func map<Value>(
        reading make: (inout RowReader<ResultRow>) throws(StoreError) -> Value
    ) throws(StoreError) -> [Value] {
        var made: [Value] = []
        made.reserveCapacity(count)
        for row in self {
            var reader = RowReader(row)
            made.append(try make(&reader))
        }
        return made
    }

    /// The first row, made into a value; nil if there is none.
    func first<Value>(
        reading make: (inout RowReader<ResultRow>) throws(StoreError) -> Value
    ) throws(StoreError) -> Value? {
        guard let row = first else { return nil }
        var reader = RowReader(row)
        return try make(&reader)
    }
}

/// One row, in PostgreSQL's binary form.
struct ResultRow: StoredRow {
    fileprivate let rows: ResultRows
    fileprivate let index: Int32

    func isNull(_ column: Int) -> Bool {
        rows.bytes(index, column) == nil
    }

    func integer(_ column: Int) throws(StoreError) -> Int64 {
        guard let bytes = rows.bytes(index, column), bytes.count == 8 else { throw .unreadable }
        return bytes.reduce(0) { $0 << 8 | Int64($1) }
    }

    func bool(_ column: Int) throws(StoreError) -> Bool {
        guard let bytes = rows.bytes(index, column), bytes.count == 1 else { throw .unreadable }
        return bytes[0] != 0
    }

    func bytes(_ column: Int) throws(StoreError) -> [UInt8] {
        guard let bytes = rows.bytes(index, column) else { throw .unreadable }
        return Array(bytes)
    }

    func text(_ column: Int) throws(StoreError) -> String {
        guard let bytes = rows.bytes(index, column), let text = String(validating: bytes, as: UTF8.self) else {
            throw .unreadable
        }
        return text
    }
}
