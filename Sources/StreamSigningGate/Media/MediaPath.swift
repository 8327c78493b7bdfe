import StreamSigning

/// The path of a file inside a video's folder. Its segments can be nothing but names of files and folders in it.
struct MediaPath: Sendable, Hashable {
    /// The decoded names, with slashes between them.
    let text: String

    /// - Parameter bytes: all that follows the token in the path. Percent signs are decoded once.
    /// - Returns: nil if a segment is empty or begins with a dot, if it holds a slash, backslash, percent sign or control character
    ///   or is not UTF-8 once it is decoded, or if an escape is broken.
    init?(decoding bytes: UnsafeRawBufferPointer) {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var isStart = true
        var index = 0
        while index < bytes.count {
            guard let (byte, isEscaped) = PercentEncoding.next(of: bytes, at: &index) else { return nil }
            if byte == UInt8(ascii: "/"), !isEscaped {
                guard !isStart else { return nil }
                isStart = true
            } else {
                guard Self.isNameByte(byte), !isStart || byte != UInt8(ascii: ".") else { return nil }
                isStart = false
            }
            decoded.append(byte)
        }
        guard !isStart, let text = String(validating: decoded, as: UTF8.self) else { return nil }
        self.text = text
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, 0x7F, UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "%"): false
        default: true
        }
    }
}
