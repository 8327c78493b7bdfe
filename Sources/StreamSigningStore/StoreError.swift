/// Why a store did not do what it was asked.
///
/// Equal by ``code`` alone, so that a test can compare without the wording.
public struct StoreError: Error, Sendable {
    /// What kind of problem it is; more may be added.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable text.
        public let rawValue: String

        /// Any text; the codes in use are the static members.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The id or the key is, or was, in use.
        public static let keyExists = Code(rawValue: "key_exists")
        /// The account has as many keys as it may have.
        public static let limitReached = Code(rawValue: "limit_reached")
        /// The account has deleted as many keys as it may have deleted.
        public static let deletedLimitReached = Code(rawValue: "deleted_limit_reached")
        /// The key has expired, and is to be enabled.
        public static let keyExpired = Code(rawValue: "key_expired")
        /// There is nothing of that id.
        public static let notFound = Code(rawValue: "not_found")
        /// A private half is sealed under another master key than the store's: load the master key again, and repeat.
        public static let masterKeyChanged = Code(rawValue: "master_key_changed")
        /// The database failed, is full or locked, or cannot be reached.
        public static let unavailable = Code(rawValue: "store_unavailable")
        /// The database holds what no version of this program wrote.
        public static let corrupt = Code(rawValue: "store_corrupt")
        /// The store has not got a change that was there: it was put back to an earlier state.
        public static let lostChanges = Code(rawValue: "store_lost_changes")
        /// The database was written by a newer version, belongs to another program, or everyone may change its files.
        public static let refused = Code(rawValue: "store_refused")
    }

    /// What kind of problem it is.
    public let code: Code
    /// One line for the operator's log; it holds no secret.
    public let reason: String

    /// What a node is told that knows more changes than the store has.
    package static let lostChanges = StoreError(
        .lostChanges,
        "the store has lost changes, as a copy from before does: what this node knows of keys may not be true any more")

    /// An error of a store, whose `reason` holds no secret.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

extension StoreError: Equatable {
    /// Whether the codes are the same.
    public static func == (left: StoreError, right: StoreError) -> Bool {
        left.code == right.code
    }
}

extension StoreError: CustomStringConvertible {
    /// The ``reason``.
    public var description: String { reason }
}
