internal import StreamSigningPlatform

/// A file that holds a secret.
package enum SecretFile {
    /// Reads it without its byte order mark, and warns if others may read it too.
    /// - Parameter path: `-` is standard input.
    package static func read(_ path: String) throws -> [UInt8] {
        let contents = try ByteOrderMark.remove(from: FileContents.read(path), of: path)
        var status = file_status()
        if path != "-", file_status_at(path, &status) == 0, status.kind == FILE_KIND_REGULAR,
            status.permissions & 0o077 != 0
        {
            StandardError.note("\(path) is open to others on this machine: close it with 'chmod 600 \(path)'")
        }
        return contents
    }
}
