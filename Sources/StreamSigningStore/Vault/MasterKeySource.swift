public import StreamSigning
import StreamSigningFiles

/// Where a service has its master key from.
public enum MasterKeySource: Sendable {
    /// A file of the operator's (`--master-key-file`), which must be there.
    case file(String)
    /// A file of the service's own, made on first start (`master.key` in the data directory).
    case ownFile(String)
    /// The value of ``environmentName``, for those who keep no secrets in files.
    case text(SecretBytes)

    /// The environment variable that holds a master key, as 64 hexadecimal digits or base64.
    public static let environmentName = "STREAMSIGN_MASTER_KEY"

    /// The source that a program's settings name: the file of its flag, then the environment, then the data directory.
    /// - Parameters:
    ///   - file: the value of `--master-key-file`.
    ///   - environment: the value of ``environmentName``; nil if unset or empty.
    ///   - directory: asked for only if neither names a key.
    public static func choose(
        file: String?, environment: String?, in directory: @autoclosure () throws -> DataDirectory
    ) rethrows -> MasterKeySource {
        if let file { return .file(file) }
        if let environment { return .text(SecretBytes(copying: Array(environment.utf8))) }
        return .ownFile(try directory().masterKey)
    }

    package var path: String? {
        switch self {
        case .file(let path), .ownFile(let path): path
        case .text: nil
        }
    }

    /// Reads the key that goes with a store, if it is here.
    /// - Parameter id: the key that the store's secrets are sealed under.
    /// - Returns: nil if the file that the service would make by itself is not there.
    /// - Throws: ``VaultError``: `masterKeyUnusable`; `masterKeyMismatch` if a key is there, but is another one.
    public func present(for id: String?) throws(VaultError) -> MasterKey? {
        if case .ownFile(let path) = self, try MasterKeyFile(path).load(matching: id) == nil { return nil }
        return try load(matching: id)
    }

    /// Reads the key that goes with a store.
    /// - Parameter id: the key that the store's secrets are sealed under; nil if any will do.
    /// - Throws: ``VaultError``: `masterKeyUnusable`; `masterKeyMismatch` if the key is there, but is another one.
    package func load(matching id: String?) throws(VaultError) -> MasterKey {
        switch self {
        case .text(let text):
            return try MasterKey(reading: text).required(id, "the environment's \(Self.environmentName)")
        case .file(let path):
            guard let key = try MasterKeyFile(path).load(matching: id) else {
                throw VaultError(FileProblem(path, "the file does not exist"))
            }
            return try key.required(id, path)
        case .ownFile(let path):
            if let key = try MasterKeyFile(path).load(matching: id) { return try key.required(id, path) }
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
