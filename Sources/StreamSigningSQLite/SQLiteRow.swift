internal import Foundation
import GRDB
import StreamSigningStore

/// A row that GRDB has read.
struct SQLiteRow: StoredRow {
    let row: Row

    func isNull(_ column: Int) -> Bool {
        row.hasNull(atIndex: column)
    }

    func integer(_ column: Int) throws(StoreError) -> Int64 {
        try value(column)
    }

    func bool(_ column: Int) throws(StoreError) -> Bool {
        try value(column)
    }

    func text(_ column: Int) throws(StoreError) -> String {
        try value(column)
    }

    func bytes(_ column: Int) throws(StoreError) -> [UInt8] {
        Array(try value(column) as Data)
    }

    private func value<Value: DatabaseValueConvertible>(_ column: Int) throws(StoreError) -> Value {
        let stored: DatabaseValue = row[column]
        guard let value = Value.fromDatabaseValue(stored) else { throw .unreadable }
        return value
    }
}
