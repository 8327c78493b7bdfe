package import StreamSigning
package import StreamSigningKeyRing
import StreamSigningStore
import StreamSigningThreads

/// Begins sessions: signs the token under which a playback goes on when the one that it began with has expired.
///
/// The account's own key signs them. The caller has decided about the viewer; what a session may rest on is decided here, from
/// the text of the first token.
package struct SessionOperations: Sendable {
    private let signers: AccountSigners
    private let ring: KeyRing
    private let policy: VerificationPolicy
    private let now: @Sendable () -> NumericDate
    private let queue = FairQueue<AccountID>(
        FairQueue.Bounds(running: WorkThreads.answers.count, waitingPerLane: 256, waiting: 2_048))

    /// - Parameter policy: the gate's, for the first token.
    package init(
        signers: AccountSigners, ring: KeyRing, policy: VerificationPolicy, now: @escaping @Sendable () -> NumericDate
    ) {
        self.signers = signers
        self.ring = ring
        self.policy = policy
        self.now = now
    }

    /// The token of a new session.
    /// - Parameter text: a token with `playFor`.
    /// - Throws: ``Denial`` if that token is refused, or has no `playFor`; ``ServiceError`` if the account's own key is disabled, or
    ///   there is too much to sign; other errors if the store or the machine fails.
    package func begin(with text: String) async throws -> PlaybackToken {
        let time = now()
        var text = text
        let trusted = try text.withUTF8 { bytes in
            Result { () throws(Denial) in try ring.authenticate(UnsafeRawBufferPointer(bytes), at: time) }
        }.get()
        let session = try policy.session(
            begunWith: trusted.token, id: TokenTerms.randomID(), at: time, revocations: trusted.key.revocations.current)
        guard let session else {
            throw Denial(.claimsMalformed, "a session begins with a token that has `playFor`")
        }
        let account = trusted.key.account
        let signer = try await signers.signer(for: account)
        do {
            return try await queue.run(account, on: WorkThreads.answers) { try signer.sign(session) }
        } catch is FairQueue<AccountID>.Refusal {
            throw ServiceError.overloaded
        }
    }
}
