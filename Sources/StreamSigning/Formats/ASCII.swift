/// The classes of ASCII characters that our formats are made of. No byte above 0x7F belongs to any of them.
extension UInt8 {
    /// `0` to `9`.
    package var isASCIIDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    /// `A` to `Z` and `a` to `z`.
    package var isASCIILetter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }

    /// A letter or a digit.
    package var isASCIIAlphanumeric: Bool {
        isASCIILetter || isASCIIDigit
    }

    /// A letter, a digit, `-` or `_`: what ids in URLs are made of.
    package var isASCIIIdentifier: Bool {
        isASCIIAlphanumeric || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }

    /// A character with ink: neither white space nor a control character.
    package var isASCIIVisible: Bool {
        (0x21...0x7E).contains(self)
    }

    /// A space, or one of tab, line feed, vertical tab, form feed and carriage return.
    package var isASCIIWhitespace: Bool {
        self == UInt8(ascii: " ") || (0x09...0x0D).contains(self)
    }

    /// A letter in lower case; any other byte as it is.
    package var asciiLowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }

    /// The value of a hexadecimal digit in either case; nil for any other byte.
    package var asciiHexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension BidirectionalCollection<UInt8> {
    /// Without the ASCII white space at both ends.
    package var trimmingASCIIWhitespace: SubSequence {
        guard let first = firstIndex(where: { !$0.isASCIIWhitespace }),
            let last = lastIndex(where: { !$0.isASCIIWhitespace })
        else { return self[endIndex...] }
        return self[first...last]
    }
}
