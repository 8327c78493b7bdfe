public import StreamSigningStore

extension PostgreSQLAddress: SharedStoreAddress {
    /// Opens the database; makes the tables if they are not there.
    /// - Throws: ``StoreError``, as ``PostgreSQLKeyStore/init(at:readers:)``.
    public func open() async throws(StoreError) -> any KeyStore {
        try await PostgreSQLKeyStore(at: self)
    }
}
