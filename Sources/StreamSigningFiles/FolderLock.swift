import StreamSigningPlatform

/// Lets one process at a time into a folder, for what the database's own locks do not cover: making the database, and changing
/// the master key's file. The lock ends with its process.
package struct FolderLock: ~Copyable {
    private let descriptor: Int32

    /// Waits for the lock, which no process holds for long.
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
