import StreamSigning

/// What a text of XML says whose characters may be written as entities. ``XMLTokens`` has checked that all are XML's own.
enum XMLText {
    /// Whether a reference is written so that its bytes do not show whether it is relative: `https&#58;//…`.
    static func isVeiled(_ reference: Slice<UnsafeRawBufferPointer>) -> Bool {
        reference.prefix { !#"/?:;"#.utf8.contains($0) }.contains(UInt8(ascii: "&"))
    }

    static func meaning(of text: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        var meaning: [UInt8] = []
        var rest = text
        while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
            let name = rest[(start + 1)...].prefix { $0 != UInt8(ascii: ";") }
            meaning += rest[..<start]
            meaning += character(String(decoding: name, as: UTF8.self)).utf8
            rest = rest[name.endIndex...].dropFirst()
        }
        return meaning + rest
    }

    /// - Parameter name: `amp`, `#38` or `#x26`.
    private static func character(_ name: String) -> String {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let digits = name.dropFirst()
            let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return code.flatMap(Unicode.Scalar.init).map { String($0) } ?? "\u{FFFD}"
        }
    }
}
