/// What a verifier knows of a key id.
package enum KeyStanding: Sendable {
    case trusted(VerificationKey)
    case revoked
    case disabled
    case unknown

    func trusted(_ id: KeyID) throws(Denial) -> VerificationKey {
        switch self {
        case .trusted(let key):
            return key
        case .revoked:
            let name = id.rawValue.excerpt()
            throw Denial(.keyRevoked, "key \(name) was deleted, which revoked every token it signed: sign with another")
        case .disabled:
            throw Denial(
                .keyDisabled, "key \(id.rawValue.excerpt()) is disabled or has expired: enable it, or sign with another"
            )
        case .unknown:
            throw Denial(.keyUnknown, "no trusted key has the id \(id.rawValue.excerpt())")
        }
    }
}

extension KeySet {
    /// What is known of a key id.
    package func standing(of id: KeyID) -> KeyStanding {
        if revoked.contains(id) { return .revoked }
        return self[id].map { .trusted($0) } ?? .unknown
    }
}
