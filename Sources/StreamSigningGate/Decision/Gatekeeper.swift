import StreamSigning
import StreamSigningKeyRing
import StreamSigningStore

/// A permission to play.
struct Admission: Sendable {
    let token: VerifiedToken
    /// Whose key signed the token.
    let account: AccountID
    /// Whether what was asked for is a download, to be saved and not played.
    let isDownload: Bool
    /// Where the token was.
    var source = TokenSource.path
}

/// Decides about requests on one event loop: from the cache if the token is known to be genuine, by verifying it if not. Time,
/// viewer, path, key and revocations are checked every time.
final class Gatekeeper {
    let cache: VerifiedTokenCache
    private let ring: KeyRing
    private let policy: VerificationPolicy
    private let uses: KeyUses?
    /// How many decisions needed no verification, and how many did.
    private(set) var (hits, misses) = (0, 0)

    /// - Parameter notesUse: whether the ring is told of the keys whose use has to be reported. To measure what that costs, it is
    ///   not.
    init(ring: KeyRing, policy: VerificationPolicy, cache: VerifiedTokenCache.Bounds, notesUse: Bool = true) {
        self.ring = ring
        self.policy = policy
        uses = notesUse ? ring.uses : nil
        self.cache = VerifiedTokenCache(cache)
    }

    /// - Parameters:
    ///   - token: the token's bytes where they stand in the request.
    ///   - request: what is asked for and by whom.
    ///   - freshness: of the keys, read before they decide; nil to read it now. The age that counts is that of the keys that
    ///     decide, once they have decided: after a pause of this process, however long, nothing that it knew before lets anybody
    ///     in.
    ///   - knowledge: what ``knowledge(of:at:)`` or ``verify(_:at:)`` said of the token in this turn; nil to ask now.
    /// - Throws: ``Denial``, the first in the order of ``Check``; `keys_stale` if the decision would depend on keys that are too
    ///   old.
    func decide(
        _ token: UnsafeRawBufferPointer, for request: PlaybackRequest, at now: NumericDate,
        freshness: KeyFreshness? = nil, knowledge: TokenKnowledge? = nil
    ) throws(Denial) -> Admission {
        let freshness = freshness ?? knowledge?.freshness ?? ring.freshness
        let knowledge = knowledge ?? self.knowledge(of: token, at: now)
        do throws(Denial) {
            let admission = try verdict(token, knowledge, for: request, at: now)
            guard !freshness.isStale(at: .now) else { throw .keysStale }
            return admission
        } catch {
            // The key may have been added or enabled since, or the revocation lifted. A deleted key stays deleted.
            guard [.keyUnknown, .keyDisabled].contains(error.code) || error.revocation != nil,
                freshness.isStale(at: .now)
            else { throw error }
            throw .keysStale
        }
    }

    /// As ``decide(_:for:at:freshness:)``, for a token that does not stand in the request as it is.
    func decide(_ token: String, for request: PlaybackRequest, at now: NumericDate) throws(Denial) -> Admission {
        var token = token
        return try token.withUTF8 { bytes in
            Result { () throws(Denial) in try decide(UnsafeRawBufferPointer(bytes), for: request, at: now) }
        }.get()
    }

    /// Whether the keys are too old to let anybody in.
    var areKeysStale: Bool { ring.freshness.isStale(at: .now) }

    /// What a refused token says, if it is genuine all the same.
    func authenticate(_ text: UnsafeRawBufferPointer, at now: NumericDate) -> AuthenticatedToken? {
        try? ring.authenticate(text, at: now).token
    }

    /// What is known of a token without verifying it.
    func knowledge(of text: UnsafeRawBufferPointer, at now: NumericDate) -> TokenKnowledge {
        let hash = VerifiedTokenCache.hash(text)
        if let known = cache.find(text, hash: hash) {
            guard known.isDead(at: now) else { return TokenKnowledge(hash: hash, state: .cached(known)) }
            cache.remove(known)
        }
        return TokenKnowledge(hash: hash, state: .new)
    }

    /// Verifies tokens together of which nothing is known.
    /// - Parameter tokens: each with its hash.
    func verify(_ tokens: [(text: UnsafeRawBufferPointer, hash: Int)], at now: NumericDate) -> [TokenKnowledge] {
        let freshness = ring.freshness
        return zip(tokens, ring.authenticate(tokens.map(\.text), at: now)).map { token, result in
            let state: TokenKnowledge.State =
                switch result {
                case .success(let trusted): .genuine(GenuineToken(text: token.text, trusted, hash: token.hash))
                case .failure(let denial): .refused(denial)
                }
            return TokenKnowledge(hash: token.hash, state: state, freshness: freshness)
        }
    }

    private func verdict(
        _ text: UnsafeRawBufferPointer, _ knowledge: TokenKnowledge, for request: PlaybackRequest, at now: NumericDate
    ) throws(Denial) -> Admission {
        if case .cached(let known) = knowledge.state {
            hits += 1
            let verified = try admit(known, for: request, at: now)
            if let uses, now.seconds >= known.nextUseNote { note(known, in: uses, at: now) }
            return Admission(token: verified, account: known.key.account, isDownload: request.isDownload)
        }
        misses += 1
        let genuine = try authenticate(text, knowledge, at: now)
        let verified = try admit(genuine, for: request, at: now)
        if let uses { noteFirstUse(genuine, in: uses, at: now) }
        // Refused tokens are not kept, so a flood of them costs no good token its place.
        cache.insert(genuine, at: now)
        return Admission(token: verified, account: genuine.key.account, isDownload: request.isDownload)
    }

    private func note(_ known: GenuineToken, in uses: KeyUses, at now: NumericDate) {
        if known.key.noteUse(at: now) { uses.add(known.key) }
        known.nextUseNote = known.key.nextUseNote
        guard let origin = known.originKey else { return }
        if origin.noteUse(at: now) { uses.add(origin) }
        known.nextUseNote = min(known.nextUseNote, origin.nextUseNote)
    }

    private func noteFirstUse(_ genuine: GenuineToken, in uses: KeyUses, at now: NumericDate) {
        let expires = genuine.token.expires ?? now
        if genuine.key.noteUse(untilExpiry: expires, at: now) { uses.add(genuine.key) }
        if let origin = genuine.originKey, origin.noteUse(untilExpiry: expires, at: now) { uses.add(origin) }
    }

    private func authenticate(
        _ text: UnsafeRawBufferPointer, _ knowledge: TokenKnowledge, at now: NumericDate
    ) throws(Denial) -> GenuineToken {
        switch knowledge.state {
        case .refused(let denial): throw denial
        // A key may have been deleted since, and the deletion answered.
        case .genuine(let token) where token.isTrusted(at: now): return token
        case .genuine, .cached, .new:
            return GenuineToken(text: text, try ring.authenticate(text, at: now), hash: knowledge.hash)
        }
    }

    /// A token that no revocation named is not looked up again until another one is added to its account.
    private func admit(
        _ known: GenuineToken, for request: PlaybackRequest, at now: NumericDate
    ) throws(Denial) -> VerifiedToken {
        // Read before the set: what is added in between makes the verdict old.
        let version = known.key.revocations.version
        guard version != known.clearedVersion else { return try policy.admit(known.token, for: request, at: now) }
        let verified = try policy.admit(
            known.token, for: request, at: now, revocations: known.key.revocations.current)
        known.clearedVersion = version
        return verified
    }
}

extension Denial {
    /// The gate has had no answer from its store for too long.
    static let keysStale = Denial(
        .keysStale,
        "this node has not been able to ask for deleted keys for too long: try again, or ask another node")

    /// The path names a video's id where its token belongs.
    static let bareVideoID = Denial(
        .tokenMissing, "this is a video id: a signed token goes into the path in its place")
}
