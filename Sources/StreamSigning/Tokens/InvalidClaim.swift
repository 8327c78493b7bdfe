/// Why a value cannot go into a token: an id, a rule, an address, a combination of times.
public struct InvalidClaim: Error, Hashable, Sendable {
    /// One line for a person.
    public let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

extension InvalidClaim: CustomStringConvertible {
    /// The ``reason``.
    public var description: String { reason }
}
