public import StreamSigning

/// The name of a running node: of one process, from its start to its end.
public struct NodeID: RawRepresentable, Sendable, Hashable {
    /// 16 lower-case hexadecimal digits.
    public let rawValue: String

    /// Any text; those in use are random.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A fresh name.
    /// - Throws: ``/StreamSigning/KeyError``: `unavailable` if the machine gives no random bytes.
    public static func random() throws(KeyError) -> NodeID {
        NodeID(rawValue: Hex.encode(try RandomBytes.make(count: 8)))
    }
}

extension NodeID: CustomStringConvertible {
    /// The name as text.
    public var description: String { rawValue }
}
