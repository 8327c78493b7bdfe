import StreamSigning

/// The part of a file that a `Range` field asks for (RFC 9110 14.2).
package enum ByteRange: Equatable {
    /// All of it. Several ranges, and one that is not understood, are ignored.
    case whole
    case part(Range<Int>)
    /// The range begins after the end of the file.
    case unsatisfiable

    package init(_ field: String?, size: Int) {
        guard let field, field.prefix(6).lowercased() == "bytes=", let range = Self.only(field.dropFirst(6)) else {
            self = .whole
            return
        }
        let bounds = range.split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, let first = Self.number(bounds[0]), let last = Self.number(bounds[1]) else {
            self = .whole
            return
        }
        switch (first, last) {
        case (nil, nil):
            self = .whole
        case (nil, let count?):
            self = count == 0 || size == 0 ? .unsatisfiable : .part(max(size - count, 0)..<size)
        case (let start?, let last):
            if let last, last < start {
                self = .whole
            } else {
                self = start >= size ? .unsatisfiable : .part(start..<min(last ?? size, size - 1) + 1)
            }
        }
    }

    /// The one range of a list, in which empty members do not count (RFC 9110 5.6.1.2); nil if there are several.
    private static func only(_ list: Substring) -> Substring? {
        guard list.utf8.contains(UInt8(ascii: ",")) else { return list }
        let members = list.split { ",\t ".contains($0) }
        return members.count == 1 ? members[0] : nil
    }

    /// Digits, or nothing at all; nil for anything else. A number too large to hold is larger than any file.
    private static func number(_ text: Substring) -> Int?? {
        guard text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        guard !text.isEmpty else { return .some(nil) }
        return .some(Int(text) ?? .max)
    }
}
