#if Service
    import StreamSigning
    import Synchronization

    /// A key as the gate knows it. Whoever holds one sees at once when it is revoked: a verdict that was kept together with
    /// its key ends with the key, without anyone looking for it.
    final class LiveKey: Sendable {
        let account: AccountID
        /// nil for a key that was deleted before this process heard of it.
        private let publicKey: StoredPublicKey?
        private let revoked: Atomic<Bool>

        /// A trusted key.
        init(_ publicKey: StoredPublicKey, of account: AccountID) {
            self.account = account
            self.publicKey = publicKey
            revoked = Atomic(false)
        }

        /// A tombstone.
        init(revokedIn account: AccountID) {
            self.account = account
            publicKey = nil
            revoked = Atomic(true)
        }

        var isRevoked: Bool { revoked.load(ordering: .acquiring) }

        func revoke() {
            revoked.store(true, ordering: .releasing)
        }

        /// What a token of this key is to be told. Bytes that are no key, which a sound store does not hold, are trusted by
        /// nobody.
        var standing: KeyStanding {
            guard !isRevoked else { return .revoked }
            guard let key = try? publicKey?.verificationKey() else { return .unknown }
            return .trusted(key)
        }
    }
#endif
