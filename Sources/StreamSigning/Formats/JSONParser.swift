/// The recursive descent that ``StrictJSON`` is parsed by.
struct JSONParser {
    typealias Failure = StrictJSON.Failure
    typealias Node = StrictJSON.Node

    /// The nodes of a token's payload with a few claims and access rules.
    private static let usualNodeCount = 24
    /// Up to this many members, comparing each pair of names is faster than making a set of them.
    private static let mostComparedInPairs = 12

    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var nodes = ContiguousArray<Node>()
    private var index = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        nodes.reserveCapacity(Self.usualNodeCount)
    }

    mutating func parseText() throws(Failure) {
        skipSpace()
        try parseValue(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw failure("something follows the JSON value") }
    }

    private func failure(_ reason: String) -> Failure {
        Failure(reason: reason, offset: index)
    }

    private var current: UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    private mutating func parseValue(depth: Int) throws(Failure) {
        switch current {
        case UInt8(ascii: "{"): try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): try parseArray(depth: depth + 1)
        case UInt8(ascii: "\""): try parseString()
        case UInt8(ascii: "t"): try parseWord("true", .yes)
        case UInt8(ascii: "f"): try parseWord("false", .no)
        case UInt8(ascii: "n"): try parseWord("null", .null)
        case nil: throw failure("the JSON ends early")
        default: try parseNumber()
        }
    }

    private mutating func open(_ kind: StrictJSON.Kind, depth: Int) throws(Failure) -> Int {
        guard depth <= StrictJSON.maximumDepth else {
            throw failure("the JSON is nested deeper than \(StrictJSON.maximumDepth)")
        }
        nodes.append(Node(kind: kind, start: UInt32(index), end: 0, next: 0))
        index += 1
        skipSpace()
        return nodes.count - 1
    }

    private mutating func close(_ node: Int) {
        nodes[node].end = UInt32(index)
        nodes[node].next = UInt32(nodes.count)
    }

    private mutating func parseObject(depth: Int) throws(Failure) {
        let object = try open(.object, depth: depth)
        var members = 0
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard current == UInt8(ascii: "\"") else { throw failure("a JSON member has no name") }
                try parseString()
                skipSpace()
                guard take(UInt8(ascii: ":")) else { throw failure("a JSON member has no colon") }
                skipSpace()
                try parseValue(depth: depth)
                members += 1
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw failure("a JSON object is not closed") }
        }
        close(object)
        try refuseDuplicates(object: object, members: members)
    }

    private mutating func parseArray(depth: Int) throws(Failure) {
        let array = try open(.array, depth: depth)
        if !take(UInt8(ascii: "]")) {
            repeat {
                skipSpace()
                try parseValue(depth: depth)
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw failure("a JSON array is not closed") }
        }
        close(array)
    }

    private mutating func parseWord(_ word: StaticString, _ kind: StrictJSON.Kind) throws(Failure) {
        let start = index
        for offset in 0..<word.utf8CodeUnitCount {
            guard take(word.utf8Start[offset]) else { throw failure("not a JSON value") }
        }
        append(kind, from: start)
    }

    private mutating func append(_ kind: StrictJSON.Kind, from start: Int) {
        nodes.append(Node(kind: kind, start: UInt32(start), end: UInt32(index), next: UInt32(nodes.count + 1)))
    }

    private mutating func takeDigits() -> Int {
        let start = index
        while let byte = current, byte.isASCIIDigit {
            index += 1
        }
        return index - start
    }

    private mutating func parseNumber() throws(Failure) {
        let start = index
        _ = take(UInt8(ascii: "-"))
        let hasLeadingZero = current == UInt8(ascii: "0")
        let digits = takeDigits()
        guard digits > 0 else { throw failure("not a JSON value") }
        guard digits == 1 || !hasLeadingZero else { throw failure("a JSON number has a leading zero") }
        if take(UInt8(ascii: ".")) {
            guard takeDigits() > 0 else { throw failure("a JSON number has no digits after its point") }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            guard takeDigits() > 0 else { throw failure("a JSON number has no digits in its exponent") }
        }
        append(.number, from: start)
    }

    private mutating func parseString() throws(Failure) {
        index += 1
        let start = index
        var isEscaped = false
        while true {
            index += JSONString.plainCount(bytes, from: index)
            guard let byte = current else { break }
            switch byte {
            case UInt8(ascii: "\""):
                nodes.append(
                    Node(
                        kind: .string, isEscaped: isEscaped, start: UInt32(start), end: UInt32(index),
                        next: UInt32(nodes.count + 1)))
                index += 1
                return
            case UInt8(ascii: "\\"):
                isEscaped = true
                guard let length = JSONString.escapeLength(bytes, at: index) else {
                    throw failure("a JSON string has an escape that does not exist")
                }
                index += length
            case 0..<0x20:
                throw failure("a JSON string has a control character")
            default:
                guard let length = JSONString.scalarLength(bytes, at: index) else {
                    throw failure("the JSON is not valid UTF-8")
                }
                index += length
            }
        }
        throw failure("a JSON string is not closed")
    }

    /// Few names are compared in pairs, which allocates nothing. Many go through a set, so that a hostile text with thousands
    /// of them takes a time proportional to its length.
    private func refuseDuplicates(object: Int, members: Int) throws(Failure) {
        guard members > 1 else { return }
        if members > Self.mostComparedInPairs {
            var seen = Set<[UInt8]>(minimumCapacity: members)
            try forEachName(object) { name throws(Failure) in
                guard seen.insert(JSONString.contents(bytes, name)).inserted else { throw duplicate(name) }
            }
            return
        }
        try forEachName(object) { name throws(Failure) in
            var earlier = object + 1
            while nodes[earlier].start != name.start {
                if JSONString.isEqual(bytes, nodes[earlier], name) { throw duplicate(name) }
                earlier = Int(nodes[earlier + 1].next)
            }
        }
    }

    private func forEachName(_ object: Int, _ body: (Node) throws(Failure) -> Void) throws(Failure) {
        var name = object + 1
        while name < Int(nodes[object].next) {
            try body(nodes[name])
            name = Int(nodes[name + 1].next)
        }
    }

    private func duplicate(_ name: Node) -> Failure {
        Failure(reason: "a JSON object has two members of one name", offset: Int(name.start))
    }
}
