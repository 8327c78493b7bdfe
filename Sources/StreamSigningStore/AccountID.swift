/// The name of an account: the segment after `/accounts/` in the API's paths.
public struct AccountID: Sendable, Hashable {
    /// The id as text.
    public let rawValue: String

    /// - Parameter text: 1 to 32 ASCII letters, digits, `-` and `_`.
    /// - Returns: nil for any other text.
    public init?(_ text: some StringProtocol) {
        let isAllowed = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isAllowed, (1...32).contains(text.utf8.count) else { return nil }
        rawValue = String(text)
    }

    /// - Parameter text: allowed, as the caller knows.
    package init(valid text: String) {
        rawValue = text
    }
}

extension AccountID {
    /// In place of an account, for what is valid in all of them.
    public static let all = AccountID(valid: "-")
}

extension AccountID: CustomStringConvertible {
    /// The id as text.
    public var description: String { rawValue }
}
