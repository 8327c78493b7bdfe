import StreamSigning

/// The attributes of a tag in a playlist (RFC 8216 4.2), as places in its bytes, as far as the tag has a list of them.
struct HLSAttributes {
    struct Attribute {
        let name, value: Range<Int>
        /// Whether it is a quoted text, in a list in which every reader finds it.
        let isText: Bool
    }

    private let text: UnsafeRawBufferPointer
    private var rest: Slice<UnsafeRawBufferPointer>
    private var isSound = true

    /// - Parameter line: a tag with its name.
    init(of line: Range<Int>, in text: UnsafeRawBufferPointer) {
        self.text = text
        rest = text[line].after(UInt8(ascii: ":"))
    }

    mutating func next() -> Attribute? {
        let gap = rest.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }
        if gap.contains(UInt8(ascii: ",")) { isSound = false }
        rest = rest[gap.endIndex...]
        let name = rest.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
        rest = rest[name.endIndex...]
        guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { return nil }
        rest = rest.dropFirst()
        guard rest.first == UInt8(ascii: "\"") else {
            let value = rest.prefix { $0 != UInt8(ascii: ",") }
            rest = rest[value.endIndex...].dropFirst()
            return attribute(name, value, isText: false)
        }
        let value = rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
        let isEnded = value.endIndex < rest.endIndex
        rest = rest[value.endIndex...].after(UInt8(ascii: ","))
        return attribute(name, value, isText: isSound && isEnded)
    }

    private func attribute(
        _ name: Slice<UnsafeRawBufferPointer>, _ value: Slice<UnsafeRawBufferPointer>, isText: Bool
    ) -> Attribute {
        Attribute(
            name: name.startIndex..<name.endIndex, value: value.startIndex..<value.endIndex, isText: isText)
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// What follows the first such byte; nothing if there is none.
    fileprivate func after(_ byte: UInt8) -> Self {
        firstIndex(of: byte).map { self[($0 + 1)...] } ?? suffix(0)
    }
}
