internal import Foundation
import GRDB
import StreamSigningStore

extension Database {
    /// Every row that a statement answers with, made into a value. SQLite keeps the statement prepared.
    func rows<Value>(
        _ sql: String, _ values: [StoredValue] = [],
        _ make: (inout RowReader<SQLiteRow>) throws(StoreError) -> Value
    ) throws -> [Value] {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: StatementArguments(values))
        var made: [Value] = []
        while let row = try rows.next() {
            var reader = RowReader(SQLiteRow(row: row))
            made.append(try make(&reader))
        }
        return made
    }

    /// The first row that a statement answers with; nil if there is none.
    func row<Value>(
        _ sql: String, _ values: [StoredValue] = [],
        _ make: (inout RowReader<SQLiteRow>) throws(StoreError) -> Value
    ) throws -> Value? {
        let row = try Row.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(values))
        guard let row else { return nil }
        var reader = RowReader(SQLiteRow(row: row))
        return try make(&reader)
    }

    /// Runs a statement that answers with nothing.
    func run(_ sql: String, _ values: [StoredValue] = []) throws {
        try cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }
}

extension StatementArguments {
    init(_ values: [StoredValue]) {
        self.init(values.map(\.databaseValue))
    }
}

extension StoredValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .integer(let number): number?.databaseValue ?? .null
        case .text(let text): text?.databaseValue ?? .null
        case .bytes(let bytes): bytes.map { Data($0).databaseValue } ?? .null
        }
    }
}
