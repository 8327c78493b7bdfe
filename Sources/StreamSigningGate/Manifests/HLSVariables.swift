import StreamSigning

/// What the variables of a playlist stand for (draft-pantos-hls-rfc8216bis 4.3).
struct HLSVariables {
    private var values: [[UInt8]: [UInt8]] = [:]
    /// Bytes that texts may still become. Variables that stand for variables could make them grow without end.
    private var budget = MediaReader.longestText

    private static let opening = Array("{$".utf8)

    /// Reads `EXT-X-DEFINE`. What a variable stands for that comes from another playlist or from a URL is not known here.
    mutating func define(by attributes: HLSAttributes, in text: UnsafeRawBufferPointer) {
        var attributes = attributes
        var name: [UInt8]?
        var value: [UInt8]?
        while let attribute = attributes.next() {
            switch String(decoding: text[attribute.name], as: UTF8.self) {
            case "NAME", "IMPORT", "QUERYPARAM": name = Array(text[attribute.value])
            case "VALUE" where attribute.isText: value = expand(text[attribute.value])
            default: break
            }
        }
        if let name { values[name] = value }
    }

    static func isIn(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        opening(in: text) != nil
    }

    /// Whether nobody can say, without knowing a variable, where a reference leads.
    static func isDecisive(in reference: Slice<UnsafeRawBufferPointer>) -> Bool {
        reference.drop { $0 <= 0x20 }.starts(with: opening)
    }

    /// A text with what its variables stand for; nil if that is not known, or would be too long.
    mutating func expand(_ text: Slice<UnsafeRawBufferPointer>) -> [UInt8]? {
        var expanded: [UInt8] = []
        // Work that leads to nothing counts as well.
        defer { budget -= min(budget, expanded.count) }
        var rest = text
        while let start = Self.opening(in: rest) {
            let name = rest[(start + 2)...].prefix(while: \.isASCIIIdentifier)
            guard rest[name.endIndex...].first == UInt8(ascii: "}"), let value = values[Array(name)],
                expanded.count + value.count <= budget
            else { return nil }
            expanded += rest[..<start]
            expanded += value
            rest = rest[(name.endIndex + 1)...]
        }
        expanded += rest
        return expanded.count <= budget ? expanded : nil
    }

    private static func opening(in text: Slice<UnsafeRawBufferPointer>) -> Int? {
        var rest = text
        while let brace = rest.firstIndex(of: UInt8(ascii: "{")) {
            rest = rest[(brace + 1)...]
            if rest.first == UInt8(ascii: "$") { return brace }
        }
        return nil
    }
}
