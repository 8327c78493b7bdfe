/// Base64 as it arrives: in lines of any length, indented, with its line ends escaped, in either alphabet, with or without
/// padding. The value it stands for is never in doubt: stray bits, mixed alphabets and other characters are refused.
enum LooseBase64 {
    static func decode(_ text: UnsafeRawBufferPointer) -> SecretBytes? {
        joined(text).withUnsafeBytes { text in
            let digits = text.prefix { $0 != UInt8(ascii: "=") }
            let padding = text.count - digits.count
            guard !digits.isEmpty, padding == 0 || padding <= 2 && text.count.isMultiple(of: 4),
                text.dropFirst(digits.count).allSatisfy({ $0 == UInt8(ascii: "=") }),
                !(digits.contains(where: isStandard) && digits.contains(where: isURLSafe))
            else { return nil }
            let uniform = SecretBytes(count: digits.count) { output in
                for index in 0..<digits.count {
                    output[index] =
                        switch text[index] {
                        case UInt8(ascii: "+"): UInt8(ascii: "-")
                        case UInt8(ascii: "/"): UInt8(ascii: "_")
                        case let digit: digit
                        }
                }
            }
            return uniform.withUnsafeBytes { Base64.url.decode($0.bindMemory(to: UInt8.self)) }
        }
    }

    private static func isStandard(_ digit: UInt8) -> Bool { digit == UInt8(ascii: "+") || digit == UInt8(ascii: "/") }

    private static func isURLSafe(_ digit: UInt8) -> Bool { digit == UInt8(ascii: "-") || digit == UInt8(ascii: "_") }

    /// The text without white space, and without the backslashes of a text that was escaped somewhere: `\n`, `\\n`, `\/`
    /// and `\u003d` are what several writers of JSON make of a line end and of base64.
    static func joined(_ text: UnsafeRawBufferPointer) -> SecretBytes {
        let joined = SecretBytes(capacity: text.count) { output in
            var (index, count) = (0, 0)
            while index < text.count {
                let byte = text[index]
                if byte == UInt8(ascii: "\\") {
                    index = skipEscape(text, at: index) { character in
                        output[count] = character
                        count += 1
                    }
                    continue
                }
                index += 1
                guard !byte.isASCIIWhitespace else { continue }
                output[count] = byte
                count += 1
            }
            return count
        }
        return joined ?? SecretBytes(copying: [])
    }

    /// - Parameter emit: takes the character that an escape stands for, unless it is white space.
    /// - Returns: the place after the escape.
    private static func skipEscape(_ text: UnsafeRawBufferPointer, at start: Int, _ emit: (UInt8) -> Void) -> Int {
        var index = start
        while index < text.count, text[index] == UInt8(ascii: "\\") { index += 1 }
        guard index < text.count else { return index }
        switch text[index] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return index + 1
        case UInt8(ascii: "u") where index + 4 < text.count:
            let digits = text[(index + 1)...(index + 4)].map(\.asciiHexDigitValue)
            guard digits[0] == 0, digits[1] == 0, let high = digits[2], high < 8, let low = digits[3] else {
                return index
            }
            let character = high << 4 | low
            if !character.isASCIIWhitespace { emit(character) }
            return index + 5
        default:
            return index
        }
    }
}
