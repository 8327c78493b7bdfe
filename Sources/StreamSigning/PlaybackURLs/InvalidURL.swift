/// Why a text cannot be used as a URL, or a value not in one.
public struct InvalidURL: Error, Hashable, Sendable {
    /// One line for a person.
    public let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

extension InvalidURL: CustomStringConvertible {
    /// The ``reason``.
    public var description: String { reason }
}
