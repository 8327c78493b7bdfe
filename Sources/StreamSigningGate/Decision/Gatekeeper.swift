import StreamSigning
import StreamSigningKeyRing
import StreamSigningStore

/// A permission, and whose key gave it.
struct Admission: Sendable {
    let token: VerifiedToken
    let account: AccountID
}

/// Decides about requests on one event loop: by the cache if the token is known to be genuine, by verifying it if not. Time,
/// viewer, path and key are looked at afresh each time.
final class Gatekeeper {
    let cache: VerifiedTokenCache
    private let ring: KeyRing
    private let policy: VerificationPolicy
    /// Decisions that needed no verification, and those that did.
    private(set) var (hits, misses) = (0, 0)

    init(ring: KeyRing, policy: VerificationPolicy, cache: VerifiedTokenCache.Bounds) {
        self.ring = ring
        self.policy = policy
        self.cache = VerifiedTokenCache(cache)
    }

    /// - Parameters:
    ///   - token: the token's bytes where they stand in the request.
    ///   - request: what is asked for and by whom.
    ///   - freshness: of the keys, read before this call: the age that counts is that of the keys that decide, when they
    ///     have decided. So nothing that was known before a pause of this process, however long, lets anybody in after it.
    /// - Throws: ``Denial``, the first in the order of ``Check``; `keys_stale` if it would depend on keys that are too old.
    func decide(
        _ token: UnsafeRawBufferPointer, for request: PlaybackRequest, at now: NumericDate, freshness: KeyFreshness
    ) throws(Denial) -> Admission {
        do throws(Denial) {
            let admission = try decide(token, for: request, at: now)
            guard !freshness.isStale(at: .now) else { throw .keysStale }
            return admission
        } catch {
            // The key may have been added meanwhile. A revoked one stays so.
            guard error.code == .keyUnknown, freshness.isStale(at: .now) else { throw error }
            throw .keysStale
        }
    }

    /// What a token says that was refused, if it is genuine all the same.
    func authenticate(_ text: UnsafeRawBufferPointer) -> AuthenticatedToken? {
        try? TokenVerifier.authenticate(utf8: text.bindMemory(to: UInt8.self)) { ring[$0]?.standing ?? .unknown }
    }

    private func decide(
        _ text: UnsafeRawBufferPointer, for request: PlaybackRequest, at now: NumericDate
    ) throws(Denial) -> Admission {
        let hash = VerifiedTokenCache.hash(text)
        if let known = cache.find(text, hash: hash) {
            if !known.isDead(at: now) {
                hits += 1
                return Admission(
                    token: try policy.admit(known.token, for: request, at: now), account: known.key.account)
            }
            cache.remove(known)
        }
        misses += 1
        var key: LiveKey?
        let token = try TokenVerifier.authenticate(utf8: text.bindMemory(to: UInt8.self)) { id in
            key = ring[id]
            return key?.standing ?? .unknown
        }
        let verified = try policy.admit(token, for: request, at: now)
        guard let key else { throw Denial(.keyUnknown, "no trusted key has the token's key id") }
        // What was refused is not kept, so no flood of it costs a good token its place.
        cache.insert(CachedToken(text: text, token: token, key: key, hash: hash), at: now)
        return Admission(token: verified, account: key.account)
    }
}

extension Denial {
    /// The gate has not heard of its store for too long.
    static let keysStale = Denial(
        .keysStale,
        "this node has not been able to ask for deleted keys for too long: try again, or ask another node")

    /// A video's id stands where its token belongs.
    static let bareVideoID = Denial(
        .tokenMissing, "this is a video id: a signed token goes into the path in its place")
}
