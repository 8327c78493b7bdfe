import StreamSigning
import StreamSigningTesting
import Synchronization

@testable import StreamSigningGate
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

/// Begins sessions for a gate under test, with a key that it adds to the gate's own when it is first used.
final class SigningSessions: SessionMaker {
    private let ring: KeyRing
    private let account: AccountID
    private let clock: ManualClock
    private let state = Mutex((count: 0, failure: nil as (any Error)?))

    init(_ ring: KeyRing, of account: AccountID, _ clock: ManualClock) {
        self.ring = ring
        self.account = account
        self.clock = clock
    }

    static var key: SigningKey { get throws { try .otherTestKey } }

    /// How many were asked for.
    var count: Int { state.withLock { $0.count } }

    /// From now on every attempt fails so.
    func fail(_ failure: (any Error)?) {
        state.withLock { $0.failure = failure }
    }

    func begin(with text: String) async throws -> PlaybackToken {
        let failure = state.withLock { state in
            state.count += 1
            return state.failure
        }
        if let failure { throw failure }
        ring.add(try Self.key.verificationKey.signingSessions(), of: account)
        let trusted = try text.withBytes { bytes in
            Result { () throws(Denial) in try ring.authenticate(bytes, at: clock.now) }
        }.get()
        let claims = try VerificationPolicy().session(
            begunWith: trusted.token, id: TokenTerms.randomID(), at: clock.now, revocations: RevocationSet())
        guard let claims else { throw StoreError(.refused, "the token has no playFor") }
        return try TokenSigner(key: Self.key).sign(claims)
    }
}
