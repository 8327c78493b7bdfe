/// A row that a database answered with. A column that holds something else than asked for is an error, not the end of the
/// process: databases can be tampered with.
package protocol StoredRow {
    func isNull(_ column: Int) -> Bool
    func integer(_ column: Int) throws(StoreError) -> Int64
    func bool(_ column: Int) throws(StoreError) -> Bool
    func text(_ column: Int) throws(StoreError) -> String
    func bytes(_ column: Int) throws(StoreError) -> [UInt8]
}

extension StoreError {
    /// A column holds something else than any version of this program wrote there.
    package static let unreadable = StoreError(.corrupt, "the database holds a value that cannot be read")
}
