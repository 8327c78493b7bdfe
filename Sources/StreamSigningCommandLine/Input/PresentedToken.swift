internal import StreamSigning

extension PresentedToken {
    /// A token or URL on the command line, or `-` for either of them on standard input.
    /// - Throws: ``Denial`` if it is a URL that carries no token, ``CommandFailure`` if standard input cannot be read.
    init(_ argument: String) throws {
        try self.init(reading: argument == "-" ? Self.readStandardInput() : argument)
    }

    /// Bytes that are not UTF-8 become a character that no token has.
    private static func readStandardInput() throws(CommandFailure) -> String {
        var bytes = try FileContents.readStandardInput()[...]
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            bytes.removeLast()
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
