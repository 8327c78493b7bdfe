public import StreamSigning

/// What makes an empty store usable.
public enum FirstStart {
    /// Makes an account and a write credential in a store that never had a credential.
    /// - Returns: the credential to show; nil if there is or was one. One that was revoked is not replaced: that would
    ///   open what the operator closed.
    public static func credential(in store: any CredentialStore, at time: NumericDate) async throws(StoreError)
        -> NewCredential?
    {
        guard try await store.credentialRevision() == 0 else { return nil }
        let credential: NewCredential
        do throws(KeyError) {
            credential = try NewCredential(account: .random(), role: .write, at: time)
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
        try await store.insert(
            credential.stored,
            audit: AuditEvent(
                time: time, action: .credentialCreated, account: credential.stored.account,
                subject: credential.stored.id.rawValue, actor: "service"
            ).adding(credential.stored))
        return credential
    }
}
