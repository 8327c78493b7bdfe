package import StreamSigning
import StreamSigningPlatform

/// Files that only their owner may read (0600).
package enum PrivateFile {
    /// Writes a new file, which is on the disk when this returns.
    /// - Returns: false if there is a file of that name, which stays as it is.
    package static func create(_ path: String, _ contents: SecretBytes?) throws(FileProblem) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw FileProblem(path, errno: errno)
        }
        var code = fchmod(descriptor, 0o600) == 0 ? 0 : errno
        if code == 0, let contents { code = writeAll(contents, to: descriptor) }
        if code == 0, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        guard code == 0 else {
            unlink(path)
            throw FileProblem(path, errno: code)
        }
        try synchronize(folderOf: path)
        return true
    }

    /// Reads a file that nobody but its owner can read or change.
    /// - Returns: nil if there is no such file.
    package static func contents(of path: String, limit: Int) throws(FileProblem) -> SecretBytes? {
        // Without O_NONBLOCK a FIFO would be waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw FileProblem(path, errno: errno)
        }
        defer { close(descriptor) }
        try checkPrivacy(of: descriptor, path, forbidden: 0o077)
        // One byte more than allowed shows that there is more.
        var code: Int32 = 0
        let contents = SecretBytes(capacity: limit + 1) { buffer in
            var count = 0
            while count < buffer.count {
                let part = read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
                if part == 0 { break }
                if part > 0 {
                    count += part
                } else if errno != EINTR {
                    code = errno
                    return nil
                }
            }
            return count
        }
        guard let contents else { throw FileProblem(path, errno: code) }
        guard contents.count <= limit else { throw FileProblem(path, "larger than \(limit) bytes") }
        return contents
    }

    /// Refuses what is no regular file, or what others may read or write although `forbidden` says no.
    package static func checkPrivacy(_ path: String, forbidden: UInt32) throws(FileProblem) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileProblem(path, errno: errno) }
        defer { close(descriptor) }
        try checkPrivacy(of: descriptor, path, forbidden: forbidden)
    }

    /// Puts a file in the place of another, which is on the disk when this returns.
    package static func move(_ path: String, to place: String) throws(FileProblem) {
        guard rename(path, place) == 0 else { throw FileProblem(path, errno: errno) }
        try synchronize(folderOf: place)
    }

    package static func remove(_ path: String) throws(FileProblem) {
        guard unlink(path) == 0 || errno == ENOENT else { throw FileProblem(path, errno: errno) }
        try synchronize(folderOf: path)
    }

    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func checkPrivacy(of descriptor: Int32, _ path: String, forbidden: UInt32) throws(FileProblem) {
        var status = file_status()
        let code = file_status_of(descriptor, &status)
        guard code == 0 else { throw FileProblem(path, errno: code) }
        guard status.kind == FILE_KIND_REGULAR else { throw FileProblem(path, "not a regular file") }
        guard status.permissions & forbidden == 0 else {
            let mode = String(status.permissions, radix: 8)
            throw FileProblem(path, "others may use this file (mode \(mode)): run `chmod 600` on it")
        }
    }

    /// A new name is on the disk only when its folder is.
    private static func synchronize(folderOf path: String) throws(FileProblem) {
        let folder = folder(of: path)
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(folder, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileProblem(folder, errno: errno) }
    }

    private static func writeAll(_ contents: SecretBytes, to descriptor: Int32) -> Int32 {
        contents.withUnsafeBytes { bytes in
            var rest = bytes
            while !rest.isEmpty {
                let count = write(descriptor, rest.baseAddress, rest.count)
                if count >= 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                } else if errno != EINTR {
                    return errno
                }
            }
            return 0
        }
    }
}
