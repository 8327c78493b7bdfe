/// Why a value cannot go into a token: an id, a rule, an address, a combination of times.
public struct InvalidClaim: Error, Hashable, Sendable {
    /// One line for a person.
    public let reason: String
    /// The claim at fault, as a JSON Pointer (RFC 6901) into a token's payload or a request for a token; nil for a value
    /// that is not yet in a claim.
    package let pointer: String?

    init(_ reason: String, at pointer: String? = nil) {
        self.reason = reason
        self.pointer = pointer
    }
}

extension InvalidClaim: CustomStringConvertible {
    /// The ``reason``.
    public var description: String { reason }
}
