/// How the characters of a text file are written, as far as its first bytes tell (Unicode 23.8). Editors and shells of Windows mark
/// UTF-8, and write UTF-16.
package enum ByteOrderMark: Sendable {
    case utf8
    case utf16

    /// - Returns: nil for a text without a mark, which is UTF-8; but UTF-16 is known by its zeros too.
    package init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .utf8
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes.count > 1 && (bytes[0] == 0) != (bytes[1] == 0)
        {
            self = .utf16
        } else {
            return nil
        }
    }

    /// A text without its mark.
    /// - Throws: ``CommandFailure`` for UTF-16, which says what it is.
    package static func remove(from bytes: [UInt8], of path: String) throws(CommandFailure) -> [UInt8] {
        switch ByteOrderMark(bytes) {
        case .utf16: throw .unusable(path, "UTF-16: save it as UTF-8")
        case .utf8: Array(bytes.dropFirst(3))
        case nil: bytes
        }
    }
}
