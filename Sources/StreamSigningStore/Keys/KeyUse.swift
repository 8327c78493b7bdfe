public import StreamSigning

/// When gates let in tokens of a key.
public struct KeyUse: Sendable, Hashable {
    /// When they last did. Gates report it some time after, but never more than ``lag``.
    public let last: NumericDate
    /// The latest expiry of the tokens that they let in.
    public let latestExpiry: NumericDate

    /// How much later than ``last`` the key may have been used.
    public static let lag: Duration = .seconds(15)

    /// A use of a key. Both times are rounded down to the second.
    public init(last: NumericDate, latestExpiry: NumericDate) {
        self.last = last.wholeSecond
        self.latestExpiry = latestExpiry.wholeSecond
    }

    /// Both together.
    public func joined(with other: KeyUse?) -> KeyUse {
        guard let other else { return self }
        return KeyUse(last: max(last, other.last), latestExpiry: max(latestExpiry, other.latestExpiry))
    }
}
