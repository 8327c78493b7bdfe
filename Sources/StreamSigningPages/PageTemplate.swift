/// A page with gaps, written `{{name}}`. What fills a gap is always escaped, so it stays text, both in content and in quoted
/// attributes.
struct PageTemplate: Sendable {
    private enum Part: Sendable {
        case markup([UInt8])
        case gap(String)
    }

    private let parts: [Part]

    init(_ html: [UInt8]) {
        var parts: [Part] = []
        var rest = html[...]
        while let start = rest.firstRange(of: Array("{{".utf8)), let end = rest.firstRange(of: Array("}}".utf8)) {
            parts.append(.markup(Array(rest[..<start.lowerBound])))
            parts.append(.gap(String(decoding: rest[start.upperBound..<end.lowerBound], as: UTF8.self)))
            rest = rest[end.upperBound...]
        }
        parts.append(.markup(Array(rest)))
        self.parts = parts
    }

    /// - Parameter value: the text for a gap; nil leaves it empty.
    func filled(_ value: (_ gap: String) -> String?) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            switch part {
            case .markup(let markup): bytes += markup
            case .gap(let name): value(name).map { Self.escape($0, into: &bytes) }
            }
        }
        return bytes
    }

    private static func escape(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
    }
}
