/// The parts of an absolute `http` or `https` URL (RFC 3986 3), split and not decoded.
///
/// Our own because Foundation's `URL` repairs what it reads: a token must be found as it was written, and a base URL must come
/// out as it went in.
struct URLParts {
    static let maximumCount = 16 * 1024

    let host: Substring
    let path: Substring
    let query: Substring?
    let fragment: Substring?

    init(_ text: String) throws(InvalidURL) {
        guard text.utf8.count <= Self.maximumCount else { throw InvalidURL("the URL is longer than 16 KiB") }
        guard text.utf8.allSatisfy({ $0.isASCIIVisible && !"\"<>\\^`{|}".utf8.contains($0) }) else {
            throw InvalidURL("the URL has a character that does not belong in one")
        }
        guard let colon = text.range(of: "://"), ["http", "https"].contains(text[..<colon.lowerBound].lowercased())
        else {
            throw InvalidURL("'\(text.prefix(32))' is not an http or https URL")
        }
        var rest = text[colon.upperBound...]
        fragment = Self.cut(&rest, at: "#")
        query = Self.cut(&rest, at: "?")
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        host = rest[..<slash]
        path = rest[slash...]
        guard !host.contains("@") else { throw InvalidURL("the URL has a user before its host") }
        guard Self.isHost(host) else { throw InvalidURL("the URL has no host, or its port is not a number") }
    }

    /// A name, an IPv4 address or an IPv6 address in brackets, perhaps with a port.
    private static func isHost(_ text: Substring) -> Bool {
        var rest = text
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]"), IPAddress(String(rest[..<end].dropFirst())) != nil else {
                return false
            }
            rest = rest[rest.index(after: end)...]
        } else {
            rest = rest.drop { $0 != ":" && $0 != "[" && $0 != "]" }
            guard rest.startIndex > text.startIndex else { return false }
        }
        guard let colon = rest.first else { return true }
        let port = rest.dropFirst()
        return colon == ":" && port.utf8.allSatisfy(\.isASCIIDigit) && UInt16(port) != nil
    }

    private static func cut(_ text: inout Substring, at separator: Character) -> Substring? {
        guard let index = text.firstIndex(of: separator) else { return nil }
        defer { text = text[..<index] }
        return text[text.index(after: index)...]
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
