/// What a request names inside a video's folder: segments that can be nothing but names of files and folders in it.
struct MediaPath: Sendable, Hashable {
    /// The decoded names, with a slash between them.
    let text: String

    /// - Parameter bytes: what stands behind the token in the path. Percent signs are decoded once.
    /// - Returns: nil if a segment is empty, begins with a dot, holds a slash, backslash, percent sign, control character or
    ///   anything but UTF-8 once it is decoded, or if an escape is broken.
    init?(decoding bytes: UnsafeRawBufferPointer) {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var isStart = true
        var index = 0
        while index < bytes.count {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "/") {
                guard !isStart else { return nil }
                isStart = true
                decoded.append(byte)
                continue
            }
            if byte == UInt8(ascii: "%") {
                guard index + 1 < bytes.count, let high = Self.digit(bytes[index]),
                    let low = Self.digit(bytes[index + 1])
                else { return nil }
                byte = high << 4 | low
                index += 2
            }
            guard Self.isNameByte(byte), !isStart || byte != UInt8(ascii: ".") else { return nil }
            decoded.append(byte)
            isStart = false
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

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
