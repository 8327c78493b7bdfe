internal import StreamSigningPlatform

/// A copy of a file's contents, in a file without a name that no other process can find.
///
/// libmaxminddb maps the file that it opens. If that were the operator's own file, overwriting it in place would change it
/// during a look-up, and truncating it would end the process.
struct PrivateCopy: ~Copyable {
    /// More than any database of countries has.
    private static let limit = 1 << 30

    private let descriptor: Descriptor

    /// - Throws: ``InvalidCountryDatabase`` for a file that is not a regular one, is too large, or changes while it is read.
    init(of path: String) throws(InvalidCountryDatabase) {
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let source = try Descriptor(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
        let before = try Self.status(source)
        guard before.kind == FILE_KIND_REGULAR else { throw InvalidCountryDatabase("not a regular file") }
        guard before.size <= Self.limit else { throw InvalidCountryDatabase("larger than \(Self.limit) bytes") }
        let copy = try Self.emptyFile()
        let count = try Self.copy(from: source, to: copy)
        guard count == before.size, FileVersion(try Self.status(source)) == FileVersion(before) else {
            throw InvalidCountryDatabase("somebody writes to it: put a complete file in its place instead")
        }
        descriptor = copy
    }

    /// Leads to the copy for as long as this value lives. What is mapped stays mapped.
    var path: String { "/dev/fd/\(descriptor.number)" }

    private static func status(_ file: borrowing Descriptor) throws(InvalidCountryDatabase) -> file_status {
        var status = file_status()
        let code = file_status_of(file.number, &status)
        guard code == 0 else { throw InvalidCountryDatabase(errno: code) }
        return status
    }

    private static func emptyFile() throws(InvalidCountryDatabase) -> Descriptor {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var name = Array("\(folder)/country-database.XXXXXX".utf8CString)
        let number = mkstemp(&name)
        guard number >= 0 else {
            let reason = InvalidCountryDatabase(errno: errno).reason
            throw InvalidCountryDatabase("no copy of it can be made in \(folder): \(reason)")
        }
        unlink(name)
        return try Descriptor(number)
    }

    /// - Returns: how many bytes there were, as far as the limit.
    private static func copy(
        from source: borrowing Descriptor, to target: borrowing Descriptor
    ) throws(InvalidCountryDatabase) -> Int {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        var count = 0
        while count <= limit {
            let read = BlockingIO.readOnce(into: piece, from: source.number)
            guard read.code == 0 else { throw InvalidCountryDatabase(errno: read.code) }
            if read.count == 0 { break }
            let part = UnsafeRawBufferPointer(rebasing: piece[..<read.count])
            let code = BlockingIO.writeAll(part, to: target.number)
            guard code == 0 else {
                throw InvalidCountryDatabase("no copy of it can be written: \(SystemError.text(code))")
            }
            count += read.count
        }
        return count
    }
}
