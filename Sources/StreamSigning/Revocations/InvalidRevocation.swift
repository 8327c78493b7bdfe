/// Why something cannot be revoked as asked: a subject, a time, a reason.
public struct InvalidRevocation: Error, Hashable, Sendable {
    /// One line for a person.
    public let reason: String
    /// The member at fault, as a JSON Pointer (RFC 6901) into a request for a revocation; empty for the request as a whole.
    package let pointer: String

    package init(_ reason: String, at pointer: String) {
        self.reason = reason
        self.pointer = pointer
    }
}

extension InvalidRevocation: CustomStringConvertible {
    /// The ``reason``.
    public var description: String { reason }
}
