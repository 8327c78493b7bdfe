import StreamSigning
import StreamSigningStore
import StreamSigningWire

extension KeyOperations {
    /// Checks the proof that the sender of a key has its private half, where one is required.
    /// - Parameters:
    ///   - material: what was brought: a private half in it is proof enough.
    ///   - isNamed: whether the id was chosen by who brings the key; one made here is nobody else's.
    func requireProof(
        _ proof: KeyProof?, of key: VerificationKey, isNamed: Bool, from material: SecretBytes, in account: AccountID
    ) throws(ServiceError) {
        if let proof {
            do throws(WireProblem) {
                return try proof.check(key, for: account.rawValue, at: now())
            } catch {
                throw .invalidRequest(error.reason, at: "/proof")
            }
        }
        let isWanted =
            switch importProof {
            case .off: false
            case .named: isNamed && !key.isNamedByThumbprint
            case .always: true
            }
        guard isWanted, !hasPrivateHalf(material) else { return }
        throw .invalidRequest(
            """
            a public key alone needs a `proof` that you have its private half: give `streamsign remote import` the file with the \
            private half, or see the import in openapi.json
            """,
            at: "/proof")
    }
}

extension KeyOperations {
    private func hasPrivateHalf(_ material: SecretBytes) -> Bool {
        material.withUnsafeBytes { (try? SigningKey(importing: $0, limits: importedKeys)) != nil }
    }
}

extension VerificationKey {
    /// Whether its id says which key it is: nobody can have another key of that id.
    fileprivate var isNamedByThumbprint: Bool {
        guard let thumbprint = try? thumbprintBytes() else { return false }
        return [Hex.encode(Array(thumbprint.prefix(16))), Base64.url.encode(thumbprint)].contains(id.rawValue)
    }
}
