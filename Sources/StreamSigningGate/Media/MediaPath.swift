import StreamSigning

/// The path of a file inside a video's folder. Its segments can be nothing but names of files and folders in it.
struct MediaPath: Sendable, Hashable {
    /// The decoded names, with slashes between them.
    let text: String

    /// - Parameter bytes: all that follows the token in the path. Percent signs are decoded once.
    /// - Returns: nil if a segment is empty or begins with a dot, if it holds a slash, backslash, percent sign or control character
    ///   or is not UTF-8 once it is decoded, or if an escape is broken.
    init?(decoding bytes: UnsafeRawBufferPointer) {
        guard let text = Self.withDecoded(bytes, { String(validating: $0, as: UTF8.self) }) ?? nil else { return nil }
        self.text = text
    }

    /// Whether there is such a path, without making it.
    static func canDecode(_ bytes: UnsafeRawBufferPointer) -> Bool {
        withDecoded(bytes) { decoded in
            decoded.allSatisfy { $0 < 0x80 } || String(validating: decoded, as: UTF8.self) != nil
        } ?? false
    }

    private static func withDecoded<Result>(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { decoded in
            decode(bytes, into: decoded).map { body(UnsafeBufferPointer(rebasing: decoded[..<$0])) }
        }
    }

    /// - Returns: how many bytes it wrote.
    private static func decode(
        _ bytes: UnsafeRawBufferPointer, into decoded: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        var (isStart, index, count) = (true, 0, 0)
        while index < bytes.count {
            guard let (byte, isEscaped) = PercentEncoding.next(of: bytes, at: &index) else { return nil }
            if byte == UInt8(ascii: "/"), !isEscaped {
                guard !isStart else { return nil }
                isStart = true
            } else {
                guard isNameByte(byte), !isStart || byte != UInt8(ascii: ".") else { return nil }
                isStart = false
            }
            decoded[count] = byte
            count += 1
        }
        return isStart ? nil : count
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, 0x7F, UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "%"): false
        default: true
        }
    }
}
