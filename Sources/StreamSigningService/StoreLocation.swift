import StreamSigningSQLite
import StreamSigningStore

#if PostgreSQL
    import StreamSigningPostgreSQL
#endif

/// Where a store is: in a folder of this machine, or in a database that nodes share.
public enum StoreLocation: Sendable {
    /// SQLite, in the data directory.
    case folder(DataDirectory)
    /// A database that nodes share, such as PostgreSQL.
    case shared(any SharedStoreAddress)

    /// Reads `sqlite:DIR`, `postgres://…` or `postgresql://…`.
    /// - Parameters:
    ///   - text: where the store is.
    ///   - rights: what becomes of a folder that every user of the machine can get at.
    /// - Throws: ``StoreError``: `refused` for anything else. The reason does not quote the text, which may hold a password.
    public init(_ text: String, rights: FileRightsPolicy = .refuse) throws(StoreError) {
        if text.hasPrefix("sqlite:"), text.utf8.count > "sqlite:".utf8.count {
            self = .folder(DataDirectory(String(text.dropFirst("sqlite:".count)), rights: rights))
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            try self.init(databaseURL: text)
        } else {
            throw StoreError(.refused, "write sqlite:DIR for a data directory, or postgres://USER@HOST/DATABASE")
        }
    }

    /// Reads `postgres://…` or `postgresql://…`.
    public init(databaseURL: String) throws(StoreError) {
        #if PostgreSQL
            self = .shared(try PostgreSQLAddress(databaseURL))
        #else
            throw StoreError(.refused, "this program was built without PostgreSQL")
        #endif
    }

    /// Whether other machines may use the store too.
    public var isShared: Bool {
        if case .shared = self { true } else { false }
    }

    /// Whether it has a password, which does not belong on a command line.
    public var hasPassword: Bool {
        switch self {
        case .folder: false
        case .shared(let address): address.hasPassword
        }
    }

    /// The folder; nil for a database.
    public var folder: DataDirectory? {
        if case .folder(let directory) = self { directory } else { nil }
    }

    /// Whether there is a store to open, as far as can be told without opening it.
    public var exists: Bool {
        if case .folder(let directory) = self { directory.hasDatabase } else { true }
    }

    /// Opens the store, or makes it. Blocks while it opens a folder's, so call it when the program starts.
    public func open() async throws(StoreError) -> any KeyStore {
        switch self {
        case .folder(let directory): try SQLiteKeyStore(in: directory)
        case .shared(let address): try await address.open()
        }
    }
}

extension StoreLocation: CustomStringConvertible {
    /// The folder, or the URL without a password.
    public var description: String {
        switch self {
        case .folder(let directory): directory.path
        case .shared(let address): address.description
        }
    }
}
