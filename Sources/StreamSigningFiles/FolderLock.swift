import StreamSigningPlatform

/// One process at a time in a folder, for what the database's own locks do not cover: making the database, and changing the
/// master key's file. The lock goes with the process that holds it.
package struct FolderLock: ~Copyable {
    private let descriptor: Int32

    /// Waits for its turn, which nobody keeps for long.
    package init(folder: String) throws(FileProblem) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(folder, errno: errno) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let code = errno
                close(descriptor)
                throw FileProblem(folder, errno: code)
            }
        }
    }

    deinit {
        close(descriptor)
    }
}
