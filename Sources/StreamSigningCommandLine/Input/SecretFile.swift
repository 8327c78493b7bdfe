internal import StreamSigningFiles

/// A file that holds a secret.
package enum SecretFile {
    /// Reads it without its byte order mark, and warns if others may use it and the operator can change that.
    /// - Parameter path: `-` is standard input.
    package static func read(_ path: String) throws -> [UInt8] {
        let contents = try ByteOrderMark.remove(from: FileContents.read(path), of: path)
        if path != "-" { noteIfOpen(path) }
        return contents
    }

    package static func noteIfOpen(_ path: String) {
        // A pipe from a shell (`<(…)`) has rights that say nothing.
        guard let rights = FileRights(path), rights.isRegular, rights.canBeClosed else { return }
        StandardError.note("\(path) is open to others on this machine: close it with 'chmod 600 \(path)'")
    }
}
