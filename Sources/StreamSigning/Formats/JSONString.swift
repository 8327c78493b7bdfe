/// The text between the quotes of a JSON string: escapes and UTF-8 (RFC 8259 7 and 8.1).
enum JSONString {
    typealias Node = StrictJSON.Node

    /// How many bytes from `start` on are plain: ASCII, no quote, no backslash, no control character. It checks
    /// eight at a time, because most strings are plain from end to end.
    static func plainCount(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let (quote, backslash) = (word ^ (ones &* 0x22), word ^ (ones &* 0x5C))
            // For a byte below 0x80, subtracting n sets its top bit if and only if it is below n, but for borrows from a
            // byte that is itself not plain: so a word without any top bit has plain bytes alone.
            let found = word | (word &- ones &* 0x20) | (quote &- ones) | (backslash &- ones)
            guard found & highs == 0 else { break }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            guard (0x20..<0x80).contains(byte), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { break }
            index += 1
        }
        return index - start
    }

    /// The length of the escape at `index`, a surrogate pair counting as one; nil if it is not an escape.
    static func escapeLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        guard index + 1 < bytes.count else { return nil }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            return unicodeEscape(bytes, at: index)?.length
        default:
            return nil
        }
    }

    /// The length of the UTF-8 sequence at `index`; nil if it is not a well-formed one (Unicode 3.9, table 3-7).
    static func scalarLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        let lead = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 {
            return nil
        }
        return length
    }

    /// The string's bytes with its escapes resolved.
    static func contents(_ bytes: UnsafeBufferPointer<UInt8>, _ node: Node) -> [UInt8] {
        let slice = bytes[Int(node.start)..<Int(node.end)]
        guard node.isEscaped else { return Array(slice) }
        var contents = [UInt8]()
        contents.reserveCapacity(slice.count)
        var index = slice.startIndex
        while index < slice.endIndex {
            guard bytes[index] == UInt8(ascii: "\\") else {
                contents.append(bytes[index])
                index += 1
                continue
            }
            if let (scalar, length) = unicodeEscape(bytes, at: index) {
                contents.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                index += length
            } else {
                contents.append(simpleEscape(bytes[index + 1]))
                index += 2
            }
        }
        return contents
    }

    static func isEqual(_ bytes: UnsafeBufferPointer<UInt8>, _ left: Node, _ right: Node) -> Bool {
        if left.isEscaped || right.isEscaped {
            return contents(bytes, left) == contents(bytes, right)
        }
        let (start, count) = (Int(left.start), Int(left.end - left.start))
        return UnsafeBufferPointer(rebasing: bytes[start..<start + count])
            .isEqual(to: UnsafeBufferPointer(rebasing: bytes[Int(right.start)..<Int(right.end)]))
    }

    private static func simpleEscape(_ character: UInt8) -> UInt8 {
        switch character {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: character
        }
    }

    /// The scalar of a `\u` escape at `index`, or of a pair of surrogates; nil for a lone surrogate.
    private static func unicodeEscape(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (scalar: Unicode.Scalar, length: Int)? {
        guard let unit = codeUnit(bytes, at: index) else { return nil }
        if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
        guard UTF16.isLeadSurrogate(unit), let trail = codeUnit(bytes, at: index + 6), UTF16.isTrailSurrogate(trail)
        else {
            return nil
        }
        let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)
        return Unicode.Scalar(value).map { ($0, 12) }
    }

    private static func codeUnit(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt16? {
        guard index + 5 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt16 = 0
        for offset in 2...5 {
            guard let digit = bytes[index + offset].asciiHexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
