package import StreamSigning
package import StreamSigningStore
import Synchronization

/// A key as the gate knows it. Every holder sees at once when it is revoked: a verdict that was kept together with
/// its key ends with the key.
package final class LiveKey: Sendable {
    package let account: AccountID
    /// What is refused of the tokens that the account's keys sign.
    package let revocations: AccountRevocations
    /// nil for a key that was deleted before this process heard of it.
    private let publicKey: StoredPublicKey?
    private let revoked: Atomic<Bool>

    /// A trusted key.
    package init(_ publicKey: StoredPublicKey, of account: AccountID, _ revocations: AccountRevocations) {
        self.account = account
        self.revocations = revocations
        self.publicKey = publicKey
        revoked = Atomic(false)
    }

    /// A tombstone.
    package init(revokedIn account: AccountID, _ revocations: AccountRevocations) {
        self.account = account
        self.revocations = revocations
        publicKey = nil
        revoked = Atomic(true)
    }

    package var isRevoked: Bool { revoked.load(ordering: .acquiring) }

    package func revoke() {
        revoked.store(true, ordering: .releasing)
    }

    /// How a token of this key is to be judged. Bytes that are not a key, which a sound store does not hold, are not
    /// trusted.
    package var standing: KeyStanding {
        guard !isRevoked else { return .revoked }
        guard let key = try? publicKey?.verificationKey() else { return .unknown }
        return .trusted(key)
    }
}
