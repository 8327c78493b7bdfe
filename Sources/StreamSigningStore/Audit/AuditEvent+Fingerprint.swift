package import StreamSigning

extension AuditEvent {
    /// The event with the fingerprint of the key that it adds.
    /// - Throws: ``StoreError``: `unavailable` if OpenSSL fails.
    package func adding(_ key: VerificationKey, of account: AccountID) throws(StoreError) -> AuditEvent {
        let thumbprint: [UInt8]
        do throws(KeyError) {
            thumbprint = try key.thumbprintBytes()
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
        return with(UInt64(bitPattern: try KeyFingerprint(ofKey: thumbprint, in: account).rawValue))
    }

    /// The event with the fingerprint of the credential that it adds, which is its id.
    package func adding(_ credential: StoredCredential) -> AuditEvent {
        credential.hasBoundID ? with(UInt64(credential.id.rawValue, radix: 16)) : self
    }

    private func with(_ fingerprint: UInt64?) -> AuditEvent {
        AuditEvent(
            time: time, action: action, account: account, subject: subject, actor: actor, address: address,
            fingerprint: fingerprint)
    }
}

extension StoreArchive.Key {
    /// What ``AuditEvent/fingerprint`` says of the key if it is the one that was stored.
    func fingerprint() throws -> KeyFingerprint {
        try KeyFingerprint(ofKey: key.verificationKey().thumbprintBytes(), in: account)
    }
}
