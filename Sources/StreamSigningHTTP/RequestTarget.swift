import StreamSigning
import StreamSigningPlatform

/// A request's target, `/<first>/<rest>?<query>`, as ranges of the request's bytes.
package struct RequestTarget {
    /// Begins with its slash.
    package let path: UnsafeRawBufferPointer
    package let first: UnsafeRawBufferPointer
    package let rest: UnsafeRawBufferPointer
    /// Empty without a `?`.
    package let query: UnsafeRawBufferPointer
    /// Path and query.
    private let whole: UnsafeRawBufferPointer

    /// - Parameter bytes: a target in origin form or absolute form (RFC 9112 3.2). The result points into them.
    /// - Returns: nil for a target without a path.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        let slash = UInt8(ascii: "/")
        let target = bytes.before(UInt8(ascii: "#"))
        var path = target.before(UInt8(ascii: "?"))
        query = target.from(min(path.count + 1, target.count))
        var pathStart = 0
        if path.first != slash {
            guard let colon = path.offset(of: UInt8(ascii: ":")), path[..<colon].allSatisfy(Self.isOfScheme),
                colon + 2 < path.count, path[colon + 1] == slash,
                path[colon + 2] == slash, let start = path.from(colon + 3).offset(of: slash)
            else { return nil }
            pathStart = colon + 3 + start
            path = path.from(pathStart)
        }
        self.path = path
        whole = target.from(pathStart)
        path = path.from(1)
        first = path.before(slash)
        rest = path.from(min(first.count + 1, path.count))
    }

    /// What follows the first segment, as a target of its own; nil if the path ends with that segment.
    package var remainder: RequestTarget? {
        guard path.count > first.count + 1 else { return nil }
        return RequestTarget(whole.from(first.count + 1))
    }

    private static func isOfScheme(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || "+-.".utf8.contains(byte)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether these are a word's bytes.
    package func isEqual(to word: StaticString) -> Bool {
        count == word.utf8CodeUnitCount
            && elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// Whether this is an id in Stream's form: 32 hexadecimal digits.
    package var isStreamID: Bool {
        count == 32 && allSatisfy { $0.asciiHexDigitValue != nil }
    }

    /// The offset of the first such byte. Uses `memchr`, because tokens are long and every request is searched.
    package func offset(of byte: UInt8) -> Int? {
        guard let baseAddress, let found = memchr(baseAddress, Int32(byte), count) else { return nil }
        return UnsafeRawPointer(found) - baseAddress
    }

    /// The bytes before the first such byte, or all of them.
    fileprivate func before(_ byte: UInt8) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[..<(offset(of: byte) ?? count)])
    }

    fileprivate func from(_ start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[start...])
    }
}
