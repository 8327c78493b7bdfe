/// How many keys an account may have.
public struct KeyQuota: Sendable, Hashable {
    /// Keys that are not deleted.
    public var keys: Int
    /// Deleted keys, of which the store keeps something for good. An account that has deleted so many gets no new key.
    public var deletedKeys: Int

    /// - Parameters:
    ///   - keys: keys that are not deleted.
    ///   - deletedKeys: deleted keys.
    public init(keys: Int, deletedKeys: Int = .max) {
        self.keys = keys
        self.deletedKeys = deletedKeys
    }
}

extension SigningKeyStore {
    /// Adds a key to an account that may have deleted any number of keys.
    /// - Parameter limit: how many keys that are not deleted the account may have with this one.
    /// - Throws: as ``insert(_:quota:audit:)``.
    @discardableResult
    public func insert(_ key: StoredKey, limit: Int, audit: AuditEvent) async throws(StoreError) -> ChangeNumber {
        try await insert(key, quota: KeyQuota(keys: limit), audit: audit)
    }
}
