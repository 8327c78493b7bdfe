package import StreamSigning
import StreamSigningKeyRing
package import StreamSigningStore
package import StreamSigningWire

extension KeyOperations {
    /// Signs a token for a video, with the key that the request brings or with the account's own.
    /// - Parameter round: signs with the account's own key, together with others; nil to sign at once.
    package func token(
        for identifier: String, _ request: TokenRequest, in account: AccountID, _ round: SigningRound? = nil
    ) async throws -> PlaybackToken {
        let time = now()
        let claims = try claims(for: identifier, request.terms.issued(at: time), at: time)
        guard let keyID = request.keyID, let pem = request.pem else {
            let signer = try await signers.signer(for: account)
            guard let round, MultiBufferRSA.isInUse else { return try sign(claims, with: signer) }
            return try await sign(claims, with: signer, in: round)
        }
        guard let id = try? KeyID(keyID), let listed = try await store.verificationKey(id, of: account) else {
            throw ServiceError.invalidRequest("no key of this account has that id", at: "/id")
        }
        guard ring[id]?.isUsable(at: time) != false else {
            throw ServiceError.invalidRequest("the key \(id) is disabled or has expired", at: "/id")
        }
        // The signature too: with a large key it takes many times as long as one of the service's own.
        return try await work.run(for: account) {
            let key = try read(pem, id)
            guard key.verificationKey.isSameKey(as: listed) else {
                throw ServiceError.invalidRequest("`pem` is not the private half of key \(id)", at: "/pem")
            }
            return try sign(claims, with: TokenSigner(key: key))
        }
    }

    private func sign(_ claims: PlaybackClaims, with signer: TokenSigner) throws(ServiceError) -> PlaybackToken {
        do {
            return try signer.sign(claims)
        } catch {
            throw .unsignable(error)
        }
    }

    private func sign(
        _ claims: PlaybackClaims, with signer: TokenSigner, in round: SigningRound
    ) async throws(ServiceError) -> PlaybackToken {
        do {
            return try await round.token(for: claims, by: signer)
        } catch {
            throw .unsignable(error)
        }
    }

    private func read(_ pem: SecretBytes, _ id: KeyID) throws(ServiceError) -> SigningKey {
        do throws(KeyError) {
            return try pem.withUnsafeBytes { text throws(KeyError) in
                try SigningKey(importing: text, id: id, limits: importedKeys)
            }
        } catch {
            throw .invalidRequest(error.reason, at: "/pem")
        }
    }

    /// Stream's defaults and bounds: an hour ahead and an hour back, and never more than 24 hours ahead.
    private func claims(
        for identifier: String, _ terms: TokenTerms, at time: NumericDate
    ) throws(ServiceError) -> PlaybackClaims {
        let second = NumericDate(secondsSince1970: time.seconds)
        var terms = terms
        let expires = terms.expires ?? second + .seconds(3600)
        guard expires > time else { throw .invalidRequest("`exp` has passed", at: "/exp") }
        guard expires <= second + .seconds(24 * 3600) else {
            throw .invalidRequest("`exp` is more than 24 hours ahead", at: "/exp")
        }
        let video: VideoID
        do {
            video = try VideoID(identifier)
        } catch {
            throw .invalidRequest(error.reason)
        }
        terms.expires = expires
        terms.notBefore = terms.notBefore ?? second - .seconds(3600)
        do {
            return try PlaybackClaims(video: video, terms: terms)
        } catch {
            throw .invalidRequest(error.reason, at: error.pointer)
        }
    }
}

extension ServiceError {
    /// Nothing but the rules makes a token too long.
    fileprivate static func unsignable(_ error: KeyError) -> ServiceError {
        .invalidRequest(error.reason, at: "/accessRules")
    }
}
