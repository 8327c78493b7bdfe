internal import StreamSigning
internal import StreamSigningPlatform

/// A file that only its owner may read (0600), and that appears whole or not at all.
///
/// It is opened before there is anything to write, so that a name that is taken or a folder that is not there costs nothing.
final class ReservedFile {
    let path: String
    /// What is open: the file itself, or one beside it that will replace it.
    private let name: String
    private let descriptor: Int32

    /// - Parameter mayReplace: whether a file of that name may be there.
    init(path: String, mayReplace: Bool) throws(CommandFailure) {
        try Self.check(path, mayReplace: mayReplace)
        self.path = path
        name = mayReplace ? "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp" : path
        descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? Self.exists(path) : .unusable(path, SystemError.text(errno))
        }
        guard fchmod(descriptor, 0o600) == 0 else {
            let code = errno
            abandon()
            throw .unusable(path, SystemError.text(code))
        }
    }

    /// Whether nothing is in the way yet; opening the file does not rely on it.
    static func check(_ path: String, mayReplace: Bool) throws(CommandFailure) {
        var status = file_status()
        guard file_status_at_name(path, &status) == 0 else { return }
        guard mayReplace else { throw exists(path) }
        // A link may lead anywhere, and a device must not become a file.
        guard status.kind == FILE_KIND_REGULAR else {
            throw .unusable(path, "not a regular file, and so not replaced: name another, or remove it first")
        }
    }

    /// Writes all of it, down to the disk. After a failure nothing is left of the file.
    func commit(_ bytes: UnsafeRawBufferPointer) throws(CommandFailure) {
        var code = StandardStreams.write(bytes, to: descriptor)
        if code == 0, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0, name != path, rename(name, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(name)
            throw .unusable(path, SystemError.text(code))
        }
        synchronizeFolder()
    }

    func commit(_ secret: SecretBytes) throws(CommandFailure) {
        let result = secret.withUnsafeBytes { bytes in Result { () throws(CommandFailure) in try commit(bytes) } }
        try result.get()
    }

    /// Leaves things as they were.
    func abandon() {
        close(descriptor)
        unlink(name)
    }

    /// A new name is on the disk only when its folder is.
    private func synchronizeFolder() {
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
