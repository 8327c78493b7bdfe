internal import COpenSSLShim

/// One value of a ``StrictJSON`` document, read by type: an accessor gives nil where the value is of another type.
package struct JSONValue {
    let document: StrictJSON
    let index: Int

    private var node: StrictJSON.Node { document.nodes[index] }

    package var kind: StrictJSON.Kind { node.kind }
    /// The text of a value other than a string, unchanged.
    package var source: UnsafeBufferPointer<UInt8> { document.slice(node) }

    package var boolean: Bool? {
        switch kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// A number without fraction and exponent that an `Int` holds.
    package var integer: Int? {
        guard kind == .number else { return nil }
        return Int(String(decoding: source, as: UTF8.self))
    }

    package var string: String? {
        guard kind == .string else { return nil }
        guard node.isEscaped else { return String(decoding: source, as: UTF8.self) }
        return String(decoding: JSONString.contents(document.bytes, node), as: UTF8.self)
    }

    /// Lends the string's bytes, escapes resolved, without making a `String`; nil if this is not a string.
    package func withStringBytes<Value, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        guard kind == .string else { return nil }
        guard node.isEscaped else { return try body(source) }
        var contents = JSONString.contents(document.bytes, node)
        // The string may be a private key.
        defer { contents.withUnsafeMutableBytes { ss_wipe($0.baseAddress, $0.count) } }
        return try contents.withUnsafeBufferPointer(body)
    }

    /// Whether this is the string `text`, byte for byte.
    package func isString(_ text: StaticString) -> Bool {
        withStringBytes { $0.isEqual(to: text) } ?? false
    }

    /// Whether this is a string that begins with `text`, byte for byte.
    func hasStringPrefix(_ text: StaticString) -> Bool {
        withStringBytes { bytes in
            let count = text.utf8CodeUnitCount
            return bytes.count >= count && UnsafeBufferPointer(rebasing: bytes[..<count]).isEqual(to: text)
        } ?? false
    }

    /// The elements of an array.
    package var elements: [JSONValue]? {
        guard kind == .array else { return nil }
        var elements = [JSONValue]()
        var element = index + 1
        while element < Int(node.next) {
            elements.append(JSONValue(document: document, index: element))
            element = Int(document.nodes[element].next)
        }
        return elements
    }

    /// Calls `body` with the name and the value of each member of an object.
    package func forEachMember<E: Error>(_ body: (_ name: JSONValue, _ value: JSONValue) throws(E) -> Void) throws(E) {
        guard kind == .object else { return }
        var name = index + 1
        while name < Int(node.next) {
            try body(JSONValue(document: document, index: name), JSONValue(document: document, index: name + 1))
            name = Int(document.nodes[name + 1].next)
        }
    }

    /// The member of that name; nil if there is none or if this is not an object.
    package subscript(name: StaticString) -> JSONValue? {
        guard kind == .object else { return nil }
        var member = index + 1
        while member < Int(node.next) {
            if JSONValue(document: document, index: member).isString(name) {
                return JSONValue(document: document, index: member + 1)
            }
            member = Int(document.nodes[member + 1].next)
        }
        return nil
    }
}
