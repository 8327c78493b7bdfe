public import StreamSigning

/// The public name of a credential: what lists show and `revoke` takes.
public struct CredentialID: RawRepresentable, Sendable, Hashable {
    /// 16 lower-case hexadecimal digits.
    public let rawValue: String

    /// Any text; those in use are made with the credential.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// A credential as a store keeps it: not the credential, but its hash.
public struct StoredCredential: Sendable, Hashable {
    /// What its holder may do.
    public enum Role: String, Sendable, CaseIterable {
        /// List.
        case read
        /// List, create, import, delete, sign.
        case write
        /// Follow the public keys of all accounts, as gates do that must not reach the store, and nothing else.
        case feed
    }

    /// Its public name.
    public let id: CredentialID
    /// The account it belongs to; ``AccountID/all`` for ``Role/feed``.
    public let account: AccountID
    /// What its holder may do.
    public let role: Role
    /// SHA-256 of the secret text. The secret has 256 random bits, so no slow hash is needed: there is nothing to guess.
    public let hash: [UInt8]
    /// When it was made.
    public let created: NumericDate

    /// A credential to keep.
    public init(id: CredentialID, account: AccountID, role: Role, hash: [UInt8], created: NumericDate) {
        self.id = id
        self.account = account
        self.role = role
        self.hash = hash
        self.created = created
    }
}

extension StoredCredential {
    /// An id that depends on all the rest: anyone who edits a credential in the database would have to give it another id, and the audit
    /// log has the one that was made.
    /// - Throws: ``/StreamSigning/KeyError``: `unavailable` if OpenSSL fails.
    package static func boundID(
        account: AccountID, role: Role, hash: [UInt8], created: NumericDate
    ) throws(KeyError) -> CredentialID {
        var bytes = Array("stream-signing credential 2".utf8)
        for field in [account.rawValue, role.rawValue, "\(created.microseconds)"] {
            // Neither of them has a zero byte.
            bytes += [0] + Array(field.utf8)
        }
        return CredentialID(rawValue: Hex.encode(Array(try Digest.sha256(bytes + [0] + hash).prefix(8))))
    }

    /// Whether its id is the one that depends on the rest. Those of earlier versions are random.
    package var hasBoundID: Bool {
        (try? Self.boundID(account: account, role: role, hash: hash, created: created)) == id
    }
}
