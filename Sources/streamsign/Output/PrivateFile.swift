internal import CFileStatus

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file that only its owner may read (0600), and that appears whole or not at all.
struct PrivateFile {
    let path: String
    /// Whether a file of that name may be replaced.
    let mayReplace: Bool

    /// Whether nothing is in the way yet; ``write(_:)`` does not rely on it.
    func check() throws(CommandFailure) {
        var status = file_status()
        guard file_status_at_name(path, &status) == 0 else { return }
        guard mayReplace else { throw Self.exists(path) }
        // Behind a link may be anything, and a device is not to become a file.
        guard status.kind == FILE_KIND_REGULAR else {
            throw .unusable(path, "not a regular file, and so not replaced: name another, or remove it first")
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(CommandFailure) {
        guard mayReplace else { return try create(path, bytes) }
        try check()
        let temporary = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        try create(temporary, bytes)
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw .unusable(path, SystemError.text(code))
        }
        Self.synchronize(folderOf: path)
    }

    private func create(_ name: String, _ bytes: UnsafeRawBufferPointer) throws(CommandFailure) {
        let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? Self.exists(path) : .unusable(path, SystemError.text(errno))
        }
        var code = fchmod(descriptor, 0o600) == 0 ? StandardStreams.write(bytes, to: descriptor) : errno
        if code == 0, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        guard code == 0 else {
            unlink(name)
            throw .unusable(path, SystemError.text(code))
        }
    }

    /// A new name is on the disk only when its folder is.
    static func synchronize(folderOf path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func exists(_ path: String) -> CommandFailure {
        .unusable(path, "already exists: name another file, or replace it with --force")
    }
}
