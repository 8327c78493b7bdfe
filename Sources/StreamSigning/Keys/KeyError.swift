/// Why a key cannot be used: made, read, written or signed with.
///
/// Equal by ``code`` alone, so that a test can compare without the wording. The text never holds key material.
public struct KeyError: Error, Sendable {
    /// What kind of problem it is; more may be added.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable text.
        public let rawValue: String

        /// Any text; the codes in use are the static members.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Not a key in any form this library reads, or a damaged one.
        public static let malformed = Code(rawValue: "key_malformed")
        /// A key of another algorithm, size or form than RSA of 2048 to 8192 bits for RS256.
        public static let unsupported = Code(rawValue: "key_unsupported")
        /// The private key is protected by a password.
        public static let encrypted = Code(rawValue: "key_encrypted")
        /// The numbers of a private key do not fit together.
        public static let inconsistent = Code(rawValue: "key_inconsistent")
        /// The key's own `use`, `alg` or `key_ops` forbid what it was loaded for.
        public static let forbiddenUse = Code(rawValue: "key_use_forbidden")
        /// A public key where a private one is needed.
        public static let notPrivate = Code(rawValue: "key_not_private")
        /// The text cannot be a ``KeyID``.
        public static let invalidKeyID = Code(rawValue: "key_id_invalid")
        /// Two keys where one is expected, or two with the same id.
        public static let ambiguous = Code(rawValue: "key_ambiguous")
        /// OpenSSL or the machine failed, not the input.
        public static let unavailable = Code(rawValue: "key_unavailable")
    }

    /// What kind of problem it is.
    public let code: Code
    /// One line for a person.
    public let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

extension KeyError: Equatable {
    /// Whether the codes are the same.
    public static func == (left: KeyError, right: KeyError) -> Bool {
        left.code == right.code
    }
}

extension KeyError: CustomStringConvertible {
    /// The ``reason``.
    public var description: String { reason }
}
