public import StreamSigning
import StreamSigningFiles

/// Where a service has its master key from.
public enum MasterKeySource: Sendable {
    /// A file of the operator's (`--master-key-file`), which must be there.
    case file(String, FileRightsPolicy = .refuse)
    /// A file of the service's own, made on first start (`master.key` in the data directory).
    case ownFile(String, FileRightsPolicy = .refuse)
    /// The value of ``environmentName``, for those who keep no secrets in files.
    case text(SecretBytes)

    /// The environment variable that holds a master key, as 64 hexadecimal digits or base64.
    public static let environmentName = "STREAMSIGN_MASTER_KEY"

    /// The source that a program's settings name: the file of its flag, then the environment, then the data directory.
    /// - Parameters:
    ///   - file: the value of `--master-key-file`.
    ///   - environment: the value of ``environmentName``; nil if unset or empty.
    ///   - rights: what becomes of a file that every user of the machine can get at.
    ///   - directory: asked for only if neither names a key.
    public static func choose(
        file: String?, environment: String?, rights: FileRightsPolicy = .refuse,
        in directory: @autoclosure () throws -> DataDirectory
    ) rethrows -> MasterKeySource {
        if let file { return .file(file, rights) }
        if let environment { return .text(SecretBytes(copying: Array(environment.utf8))) }
        return .ownFile(try directory().masterKey, rights)
    }

    /// The file; nil for a key from the environment.
    var file: MasterKeyFile? {
        switch self {
        case .file(let path, let rights), .ownFile(let path, let rights): MasterKeyFile(path, rights)
        case .text: nil
        }
    }

    /// What the operator should know of the mode of the file; nil if there is nothing to say.
    public var warning: String? {
        path.flatMap { path in FileRights(path)?.warning.map { "\(path): \($0)" } }
    }

    package var path: String? { file?.path }

    /// Reads the key that goes with a store, if it is here.
    /// - Parameter id: the key that the store's secrets are sealed under.
    /// - Returns: nil if the file that the service would make by itself is not there.
    /// - Throws: ``VaultError``: `masterKeyUnusable`; `masterKeyMismatch` if a key is there, but is another one.
    public func present(for id: String?) throws(VaultError) -> MasterKey? {
        if case .ownFile = self, let file, try file.load(matching: id) == nil { return nil }
        return try load(matching: id)
    }

    /// Reads the key that goes with a store.
    /// - Parameter id: the key that the store's secrets are sealed under; nil if any will do.
    /// - Throws: ``VaultError``: `masterKeyUnusable`; `masterKeyMismatch` if the key is there, but is another one.
    package func load(matching id: String?) throws(VaultError) -> MasterKey {
        switch self {
        case .text(let text):
            return try MasterKey(reading: text).required(id, "the environment's \(Self.environmentName)")
        case .file(let path, let rights):
            guard let key = try MasterKeyFile(path, rights).load(matching: id) else {
                throw VaultError(FileProblem(path, "the file does not exist"))
            }
            return try key.required(id, path)
        case .ownFile(let path, let rights):
            if let key = try MasterKeyFile(path, rights).load(matching: id) { return try key.required(id, path) }
            // A key that is needed and missing is not replaced by a new one.
            throw VaultError(
                .masterKeyMismatch,
                "master key: \(path): the file does not exist" + (id == nil ? "" : ", but secrets are sealed under it"))
        }
    }
}

extension MasterKey {
    fileprivate func required(_ id: String?, _ place: String) throws(VaultError) -> MasterKey {
        guard id == nil || id == self.id else {
            throw VaultError(
                .masterKeyMismatch,
                "master key: the one from \(place) (id \(self.id)) is not the one in use (id \(id ?? ""))")
        }
        return self
    }
}
