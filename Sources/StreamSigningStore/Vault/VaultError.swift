internal import StreamSigning
import StreamSigningFiles

/// Why a secret could not be sealed, opened, or found.
///
/// Equal by ``code`` alone.
public struct VaultError: Error, Sendable {
    /// What kind of problem it is; more may be added.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable text.
        public let rawValue: String

        /// Any text; the codes in use are the static members.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The master key is not 32 bytes in a form that is read, or its file cannot be used.
        public static let masterKeyUnusable = Code(rawValue: "master_key_unusable")
        /// The master key is not the one that the store's secrets are sealed under.
        public static let masterKeyMismatch = Code(rawValue: "master_key_mismatch")
        /// What was sealed does not open: it was changed, or moved to another key or account.
        public static let sealBroken = Code(rawValue: "seal_broken")
        /// OpenSSL, the machine or the store failed.
        public static let unavailable = Code(rawValue: "vault_unavailable")
    }

    /// What kind of problem it is.
    public let code: Code
    /// One line for the operator; it holds no secret.
    public let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Runs what may fail in several ways.
    static func translating<Value>(_ body: () throws -> Value) throws(VaultError) -> Value {
        do {
            return try body()
        } catch {
            throw VaultError(error)
        }
    }

    package init(_ error: any Error) {
        switch error {
        case let error as VaultError: self = error
        case let error as FileProblem: self.init(.masterKeyUnusable, "master key: \(error.reason)")
        case let error as KeyError: self.init(.unavailable, error.reason)
        case let error as StoreError: self.init(.unavailable, error.reason)
        default: self.init(.unavailable, "the vault failed (\(error))")
        }
    }
}

extension VaultError: Equatable {
    /// Whether the codes are the same.
    public static func == (left: VaultError, right: VaultError) -> Bool {
        left.code == right.code
    }
}

extension VaultError: CustomStringConvertible {
    /// The ``reason``.
    public var description: String { reason }
}
