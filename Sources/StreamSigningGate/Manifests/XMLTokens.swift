import StreamSigning
import StreamSigningHTTP

/// The tags and texts of an XML document, as places in its bytes.
///
/// A library would read the document and write another one, with names, spaces and comments of its own, and could be talked into
/// loading entities from elsewhere. This copies nothing and loads nothing: who rewrites a value leaves every other byte as it is.
/// It refuses what it does not know, document type declarations first.
struct XMLTokens {
    enum Token {
        /// Its attributes are in ``attributes`` until the next one is read.
        case start(name: Range<Int>, isEmpty: Bool)
        case end(name: Range<Int>)
        case text(Range<Int>)
        /// What is in a CDATA section, in which an ampersand is one.
        case literal(Range<Int>)
        /// A comment or a processing instruction.
        case other
    }

    struct Attribute {
        let name, value: Range<Int>
    }

    /// Of one tag. Each is compared with all of them, and an MPD's elements have a few dozen.
    private static let attributeLimit = 64

    private(set) var attributes: [Attribute] = []
    private let bytes: UnsafeRawBufferPointer
    private var index = 0

    /// - Parameter bytes: UTF-8.
    init(_ bytes: UnsafeRawBufferPointer) throws(ManifestProblem) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        if isNext("<?xml ") { try checkDeclaration() }
    }

    /// - Returns: nil at the end.
    mutating func next() throws(ManifestProblem) -> Token? {
        guard index < bytes.count else { return nil }
        guard bytes[index] == UInt8(ascii: "<") else { return .text(try text(until: UInt8(ascii: "<"))) }
        switch index + 1 < bytes.count ? bytes[index + 1] : 0 {
        case UInt8(ascii: "/"): return try endTag()
        case UInt8(ascii: "?"):
            try skip(past: "?>")
            return .other
        case UInt8(ascii: "!"):
            if isNext("<!--") {
                index += 4
                try skip(past: "-->")
                return .other
            }
            guard isNext("<![CDATA[") else { throw ManifestProblem("it declares a document type") }
            let start = index + 9
            try skip(past: "]]>")
            return .literal(start..<index - 3)
        default: return try startTag()
        }
    }
}

// MARK: Tags

extension XMLTokens {
    private mutating func startTag() throws(ManifestProblem) -> Token {
        index += 1
        let name = try self.name()
        attributes.removeAll(keepingCapacity: true)
        while true {
            let hasBlank = skipBlanks()
            if isNext("/>") {
                index += 2
                return .start(name: name, isEmpty: true)
            }
            if isNext(">") {
                index += 1
                return .start(name: name, isEmpty: false)
            }
            guard hasBlank else { throw .notXML }
            try readAttribute()
        }
    }

    private mutating func endTag() throws(ManifestProblem) -> Token {
        index += 2
        let name = try self.name()
        _ = skipBlanks()
        guard isNext(">") else { throw .notXML }
        index += 1
        return .end(name: name)
    }

    private mutating func readAttribute() throws(ManifestProblem) {
        guard attributes.count < Self.attributeLimit else {
            throw ManifestProblem("an element has too many attributes")
        }
        let name = try self.name()
        _ = skipBlanks()
        guard isNext("=") else { throw .notXML }
        index += 1
        _ = skipBlanks()
        guard isNext("\"") || isNext("'") else { throw .notXML }
        let quote = bytes[index]
        index += 1
        let value = try text(until: quote)
        guard index < bytes.count, !bytes[value].contains(UInt8(ascii: "<")),
            !attributes.contains(where: { bytes[$0.name].elementsEqual(bytes[name]) })
        else { throw .notXML }
        index += 1
        attributes.append(Attribute(name: name, value: value))
    }

    private mutating func name() throws(ManifestProblem) -> Range<Int> {
        let start = index
        while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
        guard index > start, !bytes[start].isASCIIDigit, bytes[start] != UInt8(ascii: "-"),
            bytes[start] != UInt8(ascii: ".")
        else { throw .notXML }
        return start..<index
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIIIdentifier || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || byte >= 0x80
    }
}

// MARK: Texts

extension XMLTokens {
    /// Reads up to a byte, or to the end. Checks that every reference is one of XML's own: others would have to be declared.
    private mutating func text(until end: UInt8) throws(ManifestProblem) -> Range<Int> {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
        let range = index..<index + (rest.offset(of: end) ?? rest.count)
        var unread = bytes[range]
        while let found = UnsafeRawBufferPointer(rebasing: unread).offset(of: UInt8(ascii: "&")) {
            unread = unread.dropFirst(found + 1)
            let name = unread.prefix { $0 != UInt8(ascii: ";") }
            guard name.endIndex < range.upperBound, Self.isPredefined(name) else {
                throw ManifestProblem("it refers to an entity")
            }
        }
        index = range.upperBound
        return range
    }

    /// `amp`, `#38` or `#x26`.
    private static func isPredefined(_ name: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard name.first == UInt8(ascii: "#") else {
            return ["amp", "lt", "gt", "quot", "apos"].contains { name.elementsEqual($0.utf8) }
        }
        let digits = name.dropFirst()
        guard digits.first == UInt8(ascii: "x") else { return !digits.isEmpty && digits.allSatisfy(\.isASCIIDigit) }
        return digits.count > 1 && digits.dropFirst().allSatisfy { $0.asciiHexDigitValue != nil }
    }

    /// The XML declaration may name another encoding, in which the same bytes would say something else.
    private func checkDeclaration() throws(ManifestProblem) {
        let declaration = String(decoding: bytes[index...].prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
        guard let name = declaration.firstRange(of: "encoding") else { return }
        let value = declaration[name.upperBound...].drop { " \t\r\n=\"'".contains($0) }
        guard value.lowercased().hasPrefix("utf-8") || value.lowercased().hasPrefix("us-ascii") else {
            throw ManifestProblem("it is not UTF-8")
        }
    }

    private func isNext(_ word: StaticString) -> Bool {
        let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        return bytes[index...].starts(with: word)
    }

    private mutating func skip(past end: StaticString) throws(ManifestProblem) {
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
            guard let found = rest.offset(of: end.utf8Start.pointee) else { throw .notXML }
            index += found
            if isNext(end) {
                index += end.utf8CodeUnitCount
                return
            }
            index += 1
        }
    }

    /// - Returns: whether there were any.
    private mutating func skipBlanks() -> Bool {
        let start = index
        while index < bytes.count, bytes[index].isASCIIWhitespace { index += 1 }
        return index > start
    }
}

extension ManifestProblem {
    static let notXML = ManifestProblem("it is not well-formed XML")
}
