/// `exp` and `nbf` as tokens carry them: a JSON number, or a decimal string of an integer, as Cloudflare itself emits.
extension NumericDate {
    /// Why a claim is not a time.
    package enum Malformed: Error {
        case notATime
        /// After the year 9999: most likely milliseconds.
        case outOfRange
    }

    package init(claim value: JSONValue) throws(Malformed) {
        switch value.kind {
        case .number:
            self = try Self.parse(value.source)
        case .string:
            let isInteger = value.withStringBytes { bytes in
                let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
                let isCanonical = digits.first != UInt8(ascii: "0") || digits.count == 1
                return !digits.isEmpty && isCanonical && digits.allSatisfy(\.isASCIIDigit)
            }
            guard isInteger == true else { throw .notATime }
            let parsed = try value.withStringBytes { bytes throws(Malformed) in try Self.parse(bytes) }
            guard let parsed else { throw .notATime }
            self = parsed
        default:
            throw .notATime
        }
    }

    /// Exact decimal arithmetic on a number that the JSON grammar has already accepted.
    private static func parse(_ text: UnsafeBufferPointer<UInt8>) throws(Malformed) -> NumericDate {
        if let seconds = smallInteger(text) {
            return NumericDate(secondsSince1970: seconds)
        }
        let isNegative = text.first == UInt8(ascii: "-")
        var digits: [UInt8] = []
        var pointPosition: Int?
        var exponent = 0
        var rest = text[(isNegative ? 1 : 0)...]
        while let byte = rest.first, byte | 0x20 != UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: ".") {
                pointPosition = digits.count
            } else {
                digits.append(byte - UInt8(ascii: "0"))
            }
        }
        if !rest.isEmpty {
            let text = rest.dropFirst()
            let isSmall = text.first == UInt8(ascii: "-")
            exponent = Int(String(decoding: text, as: UTF8.self)) ?? (isSmall ? .min : .max) / 2
        }
        // An exponent beyond these bounds moves every digit of an 8 KiB token out of range, one way or the other.
        let integerDigits = (pointPosition ?? digits.count) + min(max(exponent, -20_000), 20_000)
        return try assemble(digits, integerDigits: integerDigits, isNegative: isNegative)
    }

    private static func smallInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard !text.isEmpty, text.count <= 11 else { return nil }
        var value: Int64 = 0
        for byte in text {
            guard byte.isASCIIDigit else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }

    private static func assemble(_ digits: [UInt8], integerDigits: Int, isNegative: Bool) throws(Malformed)
        -> NumericDate
    {
        guard let leading = digits.firstIndex(where: { $0 != 0 }) else { return 0 }
        let trailing = digits.lastIndex { $0 != 0 } ?? leading
        // At most 12 digits before the point (the year 9999 has 12) and 18 after it.
        guard integerDigits - leading <= 12 else { throw .outOfRange }
        guard trailing - integerDigits < 18 else { throw .notATime }
        let digit = { (position: Int) -> Int64 in
            digits.indices.contains(position) ? Int64(digits[position]) : 0
        }
        var seconds: Int64 = 0
        for position in min(leading, integerDigits)..<max(integerDigits, leading) where position < integerDigits {
            seconds = seconds * 10 + digit(position)
        }
        var attoseconds: Int64 = 0
        for position in integerDigits..<integerDigits + 18 {
            attoseconds = attoseconds * 10 + digit(position)
        }
        if isNegative {
            seconds = attoseconds == 0 ? -seconds : -seconds - 1
            attoseconds = attoseconds == 0 ? 0 : attosecondsPerSecond - attoseconds
        }
        guard (earliest.seconds...latest.seconds).contains(seconds) else { throw .outOfRange }
        return NumericDate(seconds: seconds, attoseconds: attoseconds)
    }

    /// The shortest JSON number of this time.
    var json: String {
        guard !isWholeSecond else { return String(seconds) }
        let isNegative = seconds < 0
        let whole = isNegative ? -(seconds + 1) : seconds
        let fraction = isNegative ? Self.attosecondsPerSecond - attoseconds : attoseconds
        var digits = String(fraction)
        digits = String(repeating: "0", count: 18 - digits.utf8.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(isNegative ? "-" : "")\(whole).\(digits)"
    }
}
