package import StreamSigningHTTP
import StreamSigningPlatform

/// The folder of all media, `<account>/<video>/…`.
///
/// Every step of a path is opened by itself and never through a symbolic link. So nothing below the folder leads out of it, even if
/// others write there at the same time.
package final class MediaFolder: Sendable {
    /// Why a file cannot be served.
    package enum Failure: Error {
        /// There is no regular file of that name.
        case notFound
        /// The machine lacks memory or descriptors, or the disk fails.
        case unavailable
    }

    private let descriptor: CInt

    /// - Throws: ``ServiceFailure`` if the folder does not exist or may not be read.
    package init(_ path: String) throws(ServiceFailure) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ServiceFailure(path, SystemError.text(errno)) }
    }

    deinit {
        close(descriptor)
    }

    /// Opens a regular file; blocks while the disk is asked.
    func file(at path: String) throws(Failure) -> OpenFile {
        var folder = descriptor
        defer { if folder != descriptor { close(folder) } }
        let names = path.split(separator: "/")
        for name in names.dropLast() {
            let next = try step(into: String(name), of: folder, O_DIRECTORY)
            if folder != descriptor { close(folder) }
            folder = next
        }
        // Without O_NONBLOCK, opening a named pipe would block the thread.
        let file = try step(into: names.last.map(String.init) ?? "", of: folder, O_NONBLOCK | O_NOCTTY)
        var status = file_status()
        guard file_status_of(file, &status) == 0, status.kind == FILE_KIND_REGULAR else {
            close(file)
            throw .notFound
        }
        return OpenFile(descriptor: file)
    }

    private func step(into name: String, of folder: CInt, _ flags: CInt) throws(Failure) -> CInt {
        let next = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | flags)
        guard next >= 0 else {
            switch errno {
            case EMFILE, ENFILE, ENOMEM, EIO, EINTR: throw .unavailable
            default: throw .notFound
            }
        }
        return next
    }
}
