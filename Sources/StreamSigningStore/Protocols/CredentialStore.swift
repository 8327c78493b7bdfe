public import StreamSigning

/// The credentials of the API's clients, as hashes.
public protocol CredentialStore: Sendable {
    /// Adds a credential.
    /// - Throws: ``StoreError``: `keyExists` if the id or the secret is or was in use.
    func insert(_ credential: StoredCredential, audit: AuditEvent) async throws(StoreError)

    /// All credentials that are not revoked. One that cannot be read keeps nobody from the others.
    func readCredentials() async throws(StoreError) -> CredentialReading

    /// A number that differs after every change of a credential. Cheap: a service asks several times a second.
    func credentialRevision() async throws(StoreError) -> Int64

    /// Revokes a credential.
    /// - Throws: ``StoreError``: `notFound` if there is none of that id or it is revoked already.
    func revoke(_ id: CredentialID, at time: NumericDate, audit: AuditEvent) async throws(StoreError)
}
