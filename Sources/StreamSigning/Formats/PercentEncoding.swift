/// Bytes written as `%` and two hexadecimal digits (RFC 3986 2.1).
package enum PercentEncoding {
    /// What becomes of a `%` that two hexadecimal digits do not follow.
    package enum BrokenEscape {
        /// It stays what it is.
        case kept
        /// It makes the whole text unreadable.
        case refused
    }

    /// Reads one byte and moves `index` past it. Allocates nothing.
    /// - Returns: nil at a broken escape, where `index` stays.
    package static func next(
        of text: UnsafeRawBufferPointer, at index: inout Int
    ) -> (byte: UInt8, isEscaped: Bool)? {
        let byte = text[index]
        guard byte == UInt8(ascii: "%") else {
            index += 1
            return (byte, false)
        }
        guard index + 2 < text.count, let high = text[index + 1].asciiHexDigitValue,
            let low = text[index + 2].asciiHexDigitValue
        else { return nil }
        index += 3
        return (high << 4 | low, true)
    }

    /// Escapes everything but the characters that have no meaning anywhere in a URL (RFC 3986 2.3).
    package static func encode(_ text: String) -> String {
        encode(text.utf8) { !$0.isUnreserved }
    }

    /// Escapes some of the bytes.
    package static func encode(_ bytes: some Sequence<UInt8>, where needsEscape: (UInt8) -> Bool) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let escaped = bytes.flatMap { byte in
            needsEscape(byte) ? [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]] : [byte]
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// Decodes once.
    /// - Returns: nil for a broken escape that is refused.
    package static func decode(_ text: some Collection<UInt8>, brokenEscape: BrokenEscape) -> [UInt8]? {
        let text = Array(text)
        return text.withUnsafeBytes { text in
            var decoded: [UInt8] = []
            decoded.reserveCapacity(text.count)
            var index = 0
            while index < text.count {
                if let next = next(of: text, at: &index) {
                    decoded.append(next.byte)
                } else {
                    guard brokenEscape == .kept else { return nil }
                    decoded.append(text[index])
                    index += 1
                }
            }
            return decoded
        }
    }

    /// Decodes once.
    /// - Returns: nil for a broken escape, and for anything but UTF-8.
    package static func text(_ text: some StringProtocol) -> String? {
        decode(text.utf8, brokenEscape: .refused).flatMap { String(validating: $0, as: UTF8.self) }
    }
}

extension UInt8 {
    fileprivate var isUnreserved: Bool {
        isASCIIIdentifier || self == UInt8(ascii: ".") || self == UInt8(ascii: "~")
    }
}
