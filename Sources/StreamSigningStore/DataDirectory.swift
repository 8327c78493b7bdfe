import StreamSigningFiles
import StreamSigningPlatform

/// The folder that holds everything a service keeps: its database and, unless it comes from elsewhere, its master key.
public struct DataDirectory: Sendable, Hashable {
    /// The folder.
    public let path: String
    /// What becomes of it if every user of the machine can get at it.
    public let rights: FileRightsPolicy

    /// Names a folder; nothing is read or made yet.
    public init(_ path: String, rights: FileRightsPolicy = .refuse) {
        self.rights = rights
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// The database.
    public var database: String { "\(path)/stream-signing.sqlite" }
    /// The file of the master key that is made on first start.
    public var masterKey: String { "\(path)/master.key" }
    /// Whether there is a database in it.
    public var hasDatabase: Bool { access(database, F_OK) == 0 }

    /// Checks that its master key is not alone: a folder whose database was lost is not one that never had any. A service that started
    /// there would show a new credential to anybody who reads its output, and know of no key that was deleted.
    /// - Throws: ``StoreError``: `refused` if there is a master key, and no database or an empty one.
    package func requireDatabaseBesideMasterKey() throws(StoreError) {
        var status = file_status()
        guard file_status_at(masterKey, &status) == 0 else { return }
        guard file_status_at(database, &status) != 0 || status.size == 0 else { return }
        throw StoreError(
            .refused,
            """
            there is a master key, \(masterKey), and its database is missing or empty: restore the database from a backup. \
            For a first start with a key of your own, name it with --master-key-file, in another folder
            """)
    }

    /// What the operator should know of the modes of the folder and the database.
    public var warnings: [String] {
        [path, database].compactMap { path in FileRights(path)?.warning.map { "\(path): \($0)" } }
    }

    /// Makes the folder (0700) unless it is there.
    /// - Throws: ``StoreError``: `refused` if it is not a folder, or every user of the machine may change what is in it and its
    ///   ``rights`` do not allow that; `unavailable`.
    public func prepare() throws(StoreError) {
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw StoreError(.unavailable, FileProblem(path, errno: errno).reason)
        }
        var status = file_status()
        let code = file_status_at(path, &status)
        guard code == 0 else { throw StoreError(.unavailable, FileProblem(path, errno: code).reason) }
        guard status.kind == FILE_KIND_FOLDER else { throw StoreError(.refused, "\(path): not a folder") }
        guard rights == .refuse, let risk = FileRights(path, status).risk else { return }
        throw StoreError(.refused, FileProblem(path, risk).reason)
    }
}
