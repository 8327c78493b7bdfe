package import StreamSigningHTTP
import StreamSigningPlatform
import Synchronization

/// The folder of all media, `<account>/<video>/…`.
///
/// Every step of a path is opened by itself and never through a symbolic link. So nothing below the folder leads out of it, even if
/// others write there at the same time. The folder itself may be behind links, and is followed when they are turned: ``refresh()``.
package final class MediaFolder: Sendable {
    /// Why a file cannot be served.
    package enum Failure: Error {
        /// There is no regular file of that name.
        case notFound
        /// The folder is gone, the machine lacks memory or descriptors, or the disk fails.
        case unavailable
    }

    /// What a look at the path found.
    enum Change: Sendable, Equatable {
        /// Another folder than before, or one after there was none.
        case followed
        /// No folder any more, and why.
        case lost(String)
    }

    /// A folder that is open, for as long as anybody opens files in it.
    private final class Opened: Sendable {
        let descriptor: CInt
        let identity: Identity

        init(_ path: String) throws(ServiceFailure) {
            descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { throw ServiceFailure(path, SystemError.text(errno)) }
            var status = file_status()
            // If that fails, the folder counts as another one, and is opened again.
            identity = file_status_of(descriptor, &status) == 0 ? Identity(status) : Identity(file_status())
        }

        deinit {
            close(descriptor)
        }
    }

    private struct Identity: Sendable, Equatable {
        let device, number: UInt64

        init(_ status: file_status) {
            (device, number) = (status.device, status.number)
        }
    }

    /// Where it is.
    package let path: String
    private let opened: Mutex<Opened?>
    private let changes = Atomic<Int>(0)

    /// - Throws: ``ServiceFailure`` if the folder does not exist or may not be read.
    package init(_ path: String) throws(ServiceFailure) {
        self.path = path
        opened = Mutex(try Opened(path))
    }

    /// How often the path has led somewhere else: what was opened before that is not to be served any more.
    var generation: Int { changes.load(ordering: .acquiring) }

    /// Whether the folder is there.
    package var isPresent: Bool { opened.withLock { $0 != nil } }

    /// Looks where the path leads now, and follows it. Blocks while the disk is asked.
    /// - Returns: nil if nothing has changed.
    func refresh() -> Change? {
        var status = file_status()
        let isThere = file_status_at(path, &status) == 0
        let known = opened.withLock { $0?.identity }
        if isThere, Identity(status) == known { return nil }
        do throws(ServiceFailure) {
            let found = try Opened(path)
            opened.withLock { $0 = found }
        } catch {
            guard known != nil else { return nil }
            opened.withLock { $0 = nil }
            changes.wrappingAdd(1, ordering: .releasing)
            return .lost(error.reason)
        }
        changes.wrappingAdd(1, ordering: .releasing)
        return .followed
    }

    /// Opens a regular file; blocks while the disk is asked.
    func file(at path: String) throws(Failure) -> OpenFile {
        guard let root = opened.withLock({ $0 }) else { throw .unavailable }
        // It is closed with the last who holds it.
        defer { withExtendedLifetime(root) {} }
        return try Self.file(at: path, in: root.descriptor)
    }

    /// Whether a path leads to a file or a folder that can be opened; blocks while the disk is asked.
    func contains(_ path: String) -> Bool {
        guard let root = opened.withLock({ $0 }) else { return false }
        defer { withExtendedLifetime(root) {} }
        guard let last = try? Self.last(of: path, in: root.descriptor) else { return false }
        close(last)
        return true
    }

    private static func file(at path: String, in root: CInt) throws(Failure) -> OpenFile {
        let file = try last(of: path, in: root)
        var status = file_status()
        guard file_status_of(file, &status) == 0, status.kind == FILE_KIND_REGULAR else {
            close(file)
            throw .notFound
        }
        return OpenFile(descriptor: file)
    }

    /// Opens what a path leads to, whatever it is.
    private static func last(of path: String, in root: CInt) throws(Failure) -> CInt {
        var folder = root
        defer { if folder != root { close(folder) } }
        let names = path.split(separator: "/")
        for name in names.dropLast() {
            let next = try step(into: String(name), of: folder, O_DIRECTORY)
            if folder != root { close(folder) }
            folder = next
        }
        // Without O_NONBLOCK, opening a named pipe would block the thread.
        return try step(into: names.last.map(String.init) ?? "", of: folder, O_NONBLOCK | O_NOCTTY)
    }

    private static func step(into name: String, of folder: CInt, _ flags: CInt) throws(Failure) -> CInt {
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
