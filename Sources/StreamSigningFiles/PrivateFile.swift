package import StreamSigning
import StreamSigningPlatform

/// Files with secrets: made so that only their owner may use them (0600), and read unless everyone may.
package enum PrivateFile {
    /// Writes a new file, which is on the disk when this returns.
    /// - Parameter contents: nil makes an empty file.
    /// - Returns: false if there is a file of that name already; it stays as it is.
    package static func create(_ path: String, _ contents: SecretBytes?) throws(FileProblem) -> Bool {
        guard let file = try ReservedFile(path) else { return false }
        try file.commit(contents ?? SecretBytes(copying: []))
        try synchronize(folderOf: path)
        return true
    }

    /// Reads a file.
    /// - Parameter mayBeOpen: whether to read it although every user of the machine can get at it.
    /// - Returns: nil if the file does not exist.
    package static func contents(of path: String, limit: Int, mayBeOpen: Bool) throws(FileProblem) -> SecretBytes? {
        // Without O_NONBLOCK, opening a FIFO would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw FileProblem(path, errno: errno)
        }
        defer { close(descriptor) }
        try check(descriptor, path, mayBeOpen: mayBeOpen)
        // One byte more than allowed shows that there is more.
        var code: Int32 = 0
        let contents = SecretBytes(capacity: limit + 1) { buffer in
            var count = 0
            while count < buffer.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
                let read = BlockingIO.readOnce(into: rest, from: descriptor)
                code = read.code
                if read.count == 0 { break }
                count += read.count
            }
            return code == 0 ? count : nil
        }
        guard let contents else { throw FileProblem(path, errno: code) }
        guard contents.count <= limit else { throw FileProblem(path, "larger than \(limit) bytes") }
        return contents
    }

    /// Refuses anything but a regular file, and one that every user of the machine can get at.
    /// - Parameter mayBeOpen: whether the latter does not matter.
    package static func check(_ path: String, mayBeOpen: Bool) throws(FileProblem) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileProblem(path, errno: errno) }
        defer { close(descriptor) }
        try check(descriptor, path, mayBeOpen: mayBeOpen)
    }

    /// Replaces a file with another; the change is on the disk when this returns.
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

    private static func check(_ descriptor: Int32, _ path: String, mayBeOpen: Bool) throws(FileProblem) {
        var status = file_status()
        let code = file_status_of(descriptor, &status)
        guard code == 0 else { throw FileProblem(path, errno: code) }
        guard status.kind == FILE_KIND_REGULAR else { throw FileProblem(path, "not a regular file") }
        guard !mayBeOpen, let risk = FileRights(path, status).risk else { return }
        throw FileProblem(path, risk)
    }

    /// Puts a folder on the disk, without which a new name in it is not there either.
    package static func synchronize(folderOf path: String) throws(FileProblem) {
        let folder = folder(of: path)
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(folder, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileProblem(folder, errno: errno) }
    }
}
