internal import StreamSigning
import StreamSigningFiles

/// The file of a master key and, while the key is being changed, `<name>.new` with the next one.
///
/// The store decides which of the two counts: it names the key its secrets are sealed under, in the same transaction that
/// seals them. So a change may be interrupted anywhere:
///
/// The first key of a store is made in the same way, with no old key.
///
/// | interrupted | the store is under | and the key is |
/// |---|---|---|
/// | before the store's transaction | the old key | in the file; `.new` is left over, and the next change replaces it |
/// | after it, before the renaming | the new key | in `.new`; the next process that loads it renames it |
/// | after the renaming | the new key | in the file |
struct MasterKeyFile {
    /// More than any form of a key, and little enough to read whatever the path names.
    private static let maximumCount = 256
    package let path: String
    private let rights: FileRightsPolicy
    package var next: String { path + ".new" }

    package init(_ path: String, _ rights: FileRightsPolicy = .refuse) {
        self.path = path
        self.rights = rights
    }

    /// Reads the key.
    /// - Parameter id: the key the store is under; one that is only in `.new` is moved to where it belongs.
    /// - Returns: nil if there is no file. It may be another key than `id`.
    package func load(matching id: String?) throws(VaultError) -> MasterKey? {
        try VaultError.translating {
            let current = try read(path)
            guard let id, current?.id != id, let next = try read(next), next.id == id else { return current }
            // If this fails, another process was quicker, or the folder may not be written: the key is good all the same.
            try? PrivateFile.move(self.next, to: path)
            return next
        }
    }

    /// Checks that there is no file before a store gets its first key. The service makes the file only for a store that knows of it, so one
    /// that is there belongs to another store: to the one that was lost, perhaps.
    /// - Throws: ``VaultError``: `masterKeyMismatch`.
    func requireNone() throws(VaultError) {
        guard try load(matching: nil) == nil else {
            throw VaultError(
                .masterKeyMismatch,
                """
                master key: \(path): there is one, and the store knows of none: this is not the store that it belongs to, or \
                that has lost what it held. For a first start with a key of your own, name it with --master-key-file
                """)
        }
    }

    /// Writes `.new`; what an earlier change left there is replaced. The caller holds the folder's lock.
    func stage(_ key: MasterKey) throws(FileProblem) {
        try PrivateFile.remove(next)
        guard try PrivateFile.create(next, key.text) else {
            throw FileProblem(next, "another process is making this file")
        }
    }

    /// Puts `.new` in the place of the file.
    package func commit() throws(FileProblem) {
        try PrivateFile.move(next, to: path)
    }

    private func read(_ path: String) throws -> MasterKey? {
        let text = try PrivateFile.contents(of: path, limit: Self.maximumCount, mayBeOpen: rights == .warn)
        guard let text else { return nil }
        do throws(VaultError) {
            return try MasterKey(reading: text)
        } catch {
            throw VaultError(error.code, "\(path): \(error.reason)")
        }
    }
}
