package import StreamSigning
import StreamSigningPlatform

/// A file that only its owner may read (0600), and that appears whole or not at all.
///
/// It is opened before there is anything to write, so that a name that is taken or a folder that does not exist is found out
/// in time.
package final class ReservedFile {
    package let path: String
    /// The open file's name: `path`, or that of a file in the same folder that will replace it.
    private let name: String
    private let descriptor: Int32

    /// - Parameter mayReplace: whether a file of that name may be replaced.
    /// - Returns: nil if there is a file of that name and it may not be replaced.
    package init?(_ path: String, mayReplace: Bool = false) throws(FileProblem) {
        guard try Self.isFree(path, mayReplace: mayReplace) else { return nil }
        self.path = path
        name = mayReplace ? "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp" : path
        descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return nil }
            throw FileProblem(path, errno: errno)
        }
        guard fchmod(descriptor, 0o600) == 0 else {
            let code = errno
            abandon()
            throw FileProblem(path, errno: code)
        }
    }

    /// Whether the name can be had at the moment. Opening the file does not rely on it.
    package static func isFree(_ path: String, mayReplace: Bool) throws(FileProblem) -> Bool {
        var status = file_status()
        guard file_status_at_name(path, &status) == 0 else { return true }
        guard mayReplace else { return false }
        // A link may lead anywhere, and a device must not become a file.
        guard status.kind == FILE_KIND_REGULAR else {
            throw FileProblem(path, "not a regular file, and so not replaced: name another, or remove it first")
        }
        return true
    }

    /// Writes the contents down to the disk, and gives the file its name. After a failure nothing is left of it.
    package func commit(_ bytes: UnsafeRawBufferPointer) throws(FileProblem) {
        var code = BlockingIO.writeAll(bytes, to: descriptor)
        if code == 0, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0, name != path, rename(name, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(name)
            throw FileProblem(path, errno: code)
        }
    }

    package func commit(_ secret: SecretBytes) throws(FileProblem) {
        let result = secret.withUnsafeBytes { bytes in Result { () throws(FileProblem) in try commit(bytes) } }
        try result.get()
    }

    /// Removes what was opened.
    package func abandon() {
        close(descriptor)
        unlink(name)
    }
}
