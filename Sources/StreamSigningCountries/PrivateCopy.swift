internal import StreamSigningPlatform

/// What a file holds, copied into a file that has no name and that nobody else can find.
///
/// libmaxminddb maps the file that it opens. Were that the operator's own, whoever writes over it in place would change it
/// under a look-up, and whoever cuts it off would end the process.
struct PrivateCopy: ~Copyable {
    /// More than any database of countries has.
    private static let limit = 1 << 30

    private let descriptor: Descriptor

    /// - Throws: ``InvalidCountryDatabase`` for what is no regular file, is too large, or changes while it is read.
    init(of path: String) throws(InvalidCountryDatabase) {
        // Without O_NONBLOCK, a pipe would keep the thread until somebody writes to it.
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

    /// Leads to the copy for as long as it lives; what is mapped stays behind it.
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
            let got = read(source.number, piece.baseAddress, piece.count)
            guard got >= 0 else { throw InvalidCountryDatabase(errno: errno) }
            if got == 0 { break }
            // A file takes all that fits, and says so if something does not.
            guard write(target.number, piece.baseAddress, got) == got else {
                throw InvalidCountryDatabase("there is no room for a copy of it")
            }
            count += got
        }
        return count
    }
}
