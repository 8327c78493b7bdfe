/// Where a store is that nodes share.
///
/// Its description is for messages and logs: it never holds a password.
public protocol SharedStoreAddress: Sendable, CustomStringConvertible {
    /// Whether it holds a password, which does not belong on a command line.
    var hasPassword: Bool { get }

    /// Opens the store, or makes it.
    /// - Throws: ``StoreError``.
    func open() async throws(StoreError) -> any KeyStore
}
