internal import StreamSigningPlatform

/// Reads a file that a user names, up to a limit: none of our files is large, and a device may never end.
///
/// With the system's own calls, because Foundation's reading of an empty file leaks on Linux.
package enum FileContents {
    /// One byte more than any key file has, so that the core sees that it is too large.
    static let limit = 4 * 1024 * 1024 + 1

    /// - Parameter path: `-` is standard input.
    package static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        guard path != "-" else { return try readStandardInput() }
        guard !path.isEmpty else { throw .unusable("''", "names no file") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unusable(path, SystemError.text(errno)) }
        defer { close(descriptor) }
        var status = file_status()
        if file_status_of(descriptor, &status) == 0, status.kind == FILE_KIND_FOLDER {
            throw .unusable(path, "this is a directory, not a file")
        }
        return try readAll(descriptor, name: path, expecting: Int(clamping: status.size))
    }

    static func readStandardInput() throws(CommandFailure) -> [UInt8] {
        try readAll(STDIN_FILENO, name: "standard input", expecting: 0)
    }

    /// Reads once, and waits until there is something.
    /// - Returns: at most `capacity` bytes; none at the end.
    static func readChunk(
        _ descriptor: Int32, name: String, capacity: Int
    ) throws(CommandFailure) -> [UInt8] {
        var code: Int32 = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            (count, code) = BlockingIO.readOnce(into: UnsafeMutableRawBufferPointer(buffer), from: descriptor)
        }
        guard code == 0 else { throw .unusable(name, SystemError.text(code)) }
        return chunk
    }

    private static func readAll(
        _ descriptor: Int32, name: String, expecting count: Int
    ) throws(CommandFailure) -> [UInt8] {
        var contents: [UInt8] = []
        // One byte more than expected, so that one read finds the end of the file too.
        var capacity = max(min(count, limit - 1) + 1, 4096)
        while contents.count < limit {
            let chunk = try readChunk(descriptor, name: name, capacity: min(capacity, limit - contents.count))
            guard !chunk.isEmpty else { break }
            contents.append(contentsOf: chunk)
            capacity = 64 * 1024
        }
        return contents
    }
}
