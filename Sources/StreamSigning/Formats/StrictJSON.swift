/// One JSON text (RFC 8259), parsed strictly: no duplicate member at any depth, valid UTF-8 and no lone surrogate,
/// nothing after the value, and nesting of at most 16.
///
/// Our own because every available reader accepts duplicate members and silently keeps the first or the last,
/// so two readers of one signed text can see two values.
///
/// The nodes refer to the parsed bytes and copy none of them: a document must not outlive the buffer it was given.
package struct StrictJSON {
    static let maximumDepth = 16

    package enum Kind: UInt8 {
        case object, array, string, number, yes, no, null
    }

    /// A value or a member's name, in the order of the text; an object's names and values alternate.
    struct Node {
        let kind: Kind
        /// Whether a string has escapes.
        var isEscaped = false
        /// The text between the quotes of a string; the whole text of any other value.
        var start: UInt32
        var end: UInt32
        /// The index of the node that follows this one and everything in it.
        var next: UInt32
    }

    package struct Failure: Error {
        package let reason: String
        package let offset: Int
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var nodes: ContiguousArray<Node>

    /// - Throws: ``Failure`` naming what is wrong and where.
    package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(Failure) {
        guard bytes.count <= Int(Int32.max) else {
            throw Failure(reason: "the JSON is too long", offset: 0)
        }
        var parser = JSONParser(bytes: bytes)
        try parser.parseText()
        self.bytes = bytes
        nodes = parser.nodes
    }

    package var root: JSONValue { JSONValue(document: self, index: 0) }

    func slice(_ node: Node) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
    }
}
