public import StreamSigning

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

/// One change of the key set.
public struct KeyChange: Sendable, Equatable {
    /// What happened. More kinds follow with key states and revocation of single tokens.
    public enum Kind: Sendable, Equatable {
        /// A key is trusted from now on.
        case added(StoredPublicKey)
        /// A key is no longer trusted.
        case revoked(KeyID)
    }

    /// Its position.
    public let number: ChangeNumber
    /// Whose key.
    public let account: AccountID
    /// What happened.
    public let kind: Kind
    /// When, by the clock of the node that did it.
    public let time: NumericDate

    /// A change.
    public init(number: ChangeNumber, account: AccountID, kind: Kind, time: NumericDate) {
        self.number = number
        self.account = account
        self.kind = kind
        self.time = time
    }
}

/// All keys as of one change number.
public struct KeySnapshot: Sendable {
    /// One trusted key.
    public typealias Entry = (account: AccountID, key: StoredPublicKey)

    /// The last change it includes.
    public let number: ChangeNumber
    /// The trusted keys.
    public let keys: [Entry]
    /// The ids of deleted keys.
    public let revoked: [(account: AccountID, id: KeyID)]

    /// A snapshot.
    public init(number: ChangeNumber, keys: [Entry], revoked: [(account: AccountID, id: KeyID)]) {
        self.number = number
        self.keys = keys
        self.revoked = revoked
    }
}
