import StreamSigningStore

extension StoreLocation {
    /// Opens the store, or makes it, unless a master key shows that there was one whose contents are lost.
    /// - Parameters:
    ///   - directory: the data directory, where the master key of the store may be; nil if there is none.
    ///   - source: where the operator says that the master key is. Who names the one in the directory says that it is this store's.
    /// - Throws: ``StoreError``: `refused` if the directory has a master key, and the store never had one; as ``open()``.
    public func open(
        beside directory: DataDirectory?, masterKey source: MasterKeySource? = nil
    ) async throws(StoreError) -> any KeyStore {
        guard let directory, source?.names(directory.masterKey) != true else { return try await open() }
        try folder?.requireDatabaseBesideMasterKey()
        let store = try await open()
        do throws(StoreError) {
            let id = try await store.masterKeyID()
            if id == nil, directory.hasMasterKey { throw StoreError(.refused, directory.foreignMasterKey) }
        } catch {
            await store.close()
            throw error
        }
        return store
    }
}

extension KeyStore {
    /// Whether nothing was ever put into it: it is new, or has lost everything.
    public func isPristine() async throws(StoreError) -> Bool {
        guard try await masterKeyID() == nil else { return false }
        return try await credentialRevision() == 0
    }
}
