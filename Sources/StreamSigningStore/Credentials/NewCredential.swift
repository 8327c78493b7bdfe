public import StreamSigning

/// A credential that was just made: the only time its secret exists outside its holder's hands.
public struct NewCredential: Sendable {
    /// What the holder presents: `ss_` and 43 characters of base64url. The prefix lets scanners of leaked secrets find it.
    public let secret: SecretBytes
    /// What the store keeps.
    public let stored: StoredCredential

    /// Makes a credential; it is good once it is stored.
    /// - Throws: ``/StreamSigning/KeyError``: `unavailable` if the machine gives no random bytes.
    public init(account: AccountID, role: StoredCredential.Role, at time: NumericDate) throws(KeyError) {
        secret = SecretBytes(joining: [
            SecretBytes(copying: Array("ss_".utf8)), Base64.url.encode(try RandomBytes.makeSecret(count: 32)),
        ])
        let hash = try Digest.sha256(secret)
        stored = StoredCredential(
            id: try StoredCredential.boundID(account: account, role: role, hash: hash, created: time),
            account: account, role: role, hash: hash, created: time)
    }
}

extension AccountID {
    /// A fresh id in Cloudflare's form: 32 hexadecimal digits.
    /// - Throws: ``/StreamSigning/KeyError``: `unavailable` if the machine gives no random bytes.
    public static func random() throws(KeyError) -> AccountID {
        AccountID(valid: Hex.encode(try RandomBytes.make(count: 16)))
    }
}
