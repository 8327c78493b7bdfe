import StreamSigning

/// Which prefixes stand for the namespace of MPDs inside one element: none (an empty one), or names with a colon, or several.
struct DASHNamespace {
    private static let name = Array("urn:mpeg:dash:schema:mpd:".utf8)

    private var prefixes: [[UInt8]]

    /// - Parameter root: the name of the root, which may leave its namespace out.
    init(ofRoot root: Slice<UnsafeRawBufferPointer>) {
        prefixes = [Self.prefix(of: root)]
    }

    /// Reads what an element declares.
    mutating func read(_ attributes: [XMLTokens.Attribute], in text: UnsafeRawBufferPointer) {
        for attribute in attributes {
            guard let prefix = Self.declared(by: text[attribute.name]) else { continue }
            prefixes.removeAll { $0 == prefix }
            if XMLText.meaning(of: text[attribute.value]).starts(with: Self.name) { prefixes.append(prefix) }
        }
    }

    /// The name of an MPD's own element, without its prefix; nil for others'.
    func localName(_ name: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer>? {
        let prefix = Self.prefix(of: name)
        return prefixes.contains(prefix) ? name.dropFirst(prefix.count) : nil
    }

    /// Whether an attribute declares a namespace.
    static func isDeclaration(_ attribute: Slice<UnsafeRawBufferPointer>) -> Bool {
        declared(by: attribute) != nil
    }

    private static func declared(by attribute: Slice<UnsafeRawBufferPointer>) -> [UInt8]? {
        guard attribute.starts(with: "xmlns".utf8) else { return nil }
        let rest = attribute.dropFirst(5)
        guard let colon = rest.first else { return [] }
        return colon == UInt8(ascii: ":") ? rest.dropFirst() + [colon] : nil
    }

    private static func prefix(of name: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        name.firstIndex(of: UInt8(ascii: ":")).map { Array(name[...$0]) } ?? []
    }
}
