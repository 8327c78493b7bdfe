import StreamSigning

/// The text of an element since its last tag, in pieces if comments, instructions or CDATA sections are in it.
struct XMLContent {
    private var pieces: [(range: Range<Int>, isLiteral: Bool)] = []
    /// Whether other readers may see only a part of it.
    private(set) var isTorn = false

    /// The one piece of a text that is not torn.
    var range: Range<Int>? { pieces.first?.range }

    mutating func begin(afterChild: Bool) {
        pieces.removeAll(keepingCapacity: true)
        isTorn = afterChild
    }

    mutating func append(_ range: Range<Int>, isLiteral: Bool) {
        isTorn = isTorn || isLiteral || !pieces.isEmpty
        pieces.append((range, isLiteral))
    }

    /// Notes what is not text.
    mutating func tear() {
        isTorn = true
    }

    /// The first byte that is not a blank.
    func firstByte(in text: UnsafeRawBufferPointer) -> UInt8? {
        pieces.lazy.compactMap { text[$0.range].first { $0 > 0x20 } }.first
    }

    /// What all of it says, without blanks around it.
    func meaning(in text: UnsafeRawBufferPointer) -> [UInt8] {
        let whole = pieces.flatMap { $0.isLiteral ? Array(text[$0.range]) : XMLText.meaning(of: text[$0.range]) }
        let end = whole.lastIndex { !$0.isASCIIWhitespace }.map { $0 + 1 } ?? 0
        return Array(whole[..<end].drop(while: \.isASCIIWhitespace))
    }
}
