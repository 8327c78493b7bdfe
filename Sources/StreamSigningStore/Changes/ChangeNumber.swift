/// The position of a change among all changes of a store: 1 for the first, 0 before it.
public struct ChangeNumber: RawRepresentable, Sendable, Hashable, Comparable {
    /// The number.
    public let rawValue: Int64

    /// Any number from 0.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Whether `left` came earlier.
    public static func < (left: ChangeNumber, right: ChangeNumber) -> Bool {
        left.rawValue < right.rawValue
    }
}
