/// Why a file cannot be used as a database of countries.
public struct InvalidCountryDatabase: Error, Hashable, Sendable {
    /// One line for a person, without the file's path, which the caller knows.
    public let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

extension InvalidCountryDatabase: CustomStringConvertible {
    /// The ``reason``.
    public var description: String { reason }
}
