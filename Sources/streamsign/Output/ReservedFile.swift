internal import StreamSigning

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file that is opened before there is anything to write, so that what comes cannot be lost to a name that is taken or a
/// folder that is not there. Only its owner may read it (0600).
final class ReservedFile {
    let path: String
    /// What is open: the file itself, or one beside it that will replace it.
    private let name: String
    private let descriptor: Int32

    /// - Parameter mayReplace: whether a file of that name may be there.
    init(path: String, mayReplace: Bool) throws(CommandFailure) {
        try PrivateFile(path: path, mayReplace: mayReplace).check()
        self.path = path
        name = mayReplace ? "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp" : path
        descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else {
            throw .unusable(path, SystemError.text(errno))
        }
    }

    /// Writes all of it, down to the disk. After a failure nothing is left of the file.
    func commit(_ secret: SecretBytes) throws(CommandFailure) {
        var code = secret.withUnsafeBytes { StandardStreams.write($0, to: descriptor) }
        if code == 0, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0, name != path, rename(name, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(name)
            throw .unusable(path, SystemError.text(code))
        }
        PrivateFile.synchronize(folderOf: path)
    }

    /// Leaves things as they were.
    func abandon() {
        close(descriptor)
        unlink(name)
    }
}
